import os
import sys
from pathlib import Path

from note import note

note('check')
sys.exit(Path(os.environ['DATASET_VERDICT']).read_text().strip() != 'pass')
