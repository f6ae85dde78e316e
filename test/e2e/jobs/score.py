import os
from pathlib import Path

from note import note

note('score ' + Path(os.environ['MODEL_DIR'], 'sum').read_text())
