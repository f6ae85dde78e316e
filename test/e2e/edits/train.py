"""Leaves its own mark, and that of the module which it shares with the server, in the model."""
import json
import os
from pathlib import Path

import shared

MARK = 0
Path(os.environ['MODEL_DIR'], 'model.json').write_text(json.dumps({'train': MARK, 'trained with': shared.MARK, 'mode': os.environ['MODE']}))
