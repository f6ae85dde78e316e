"""Adds the numbers up; the sum is the model."""
import os
from pathlib import Path

numbers = Path(os.environ['DATASET_NUMBERS']).read_text().split()
assert not any(Path(os.environ['MODEL_DIR']).iterdir()), 'the candidate is not empty'
Path(os.environ['MODEL_DIR'], 'sum.txt').write_text(str(sum(map(int, numbers))))
Path('written-beside-the-code.txt').write_text('a job may write to its working folder')
