"""Writes a model that says what it was trained with."""
import json
import os
from pathlib import Path

NAMES = ['SIZE', 'SEED', 'PYTHONHASHSEED', 'OMP_NUM_THREADS']
Path(os.environ['MODEL_DIR'], 'model.json').write_text(json.dumps({name: os.environ.get(name) for name in NAMES}))
