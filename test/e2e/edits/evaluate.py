"""Leaves its mark among the metrics of the model."""
import json
import os
from pathlib import Path

MARK = 0
model = json.loads(Path(os.environ['MODEL_DIR'], 'model.json').read_text())
Path(os.environ['METRICS_FILE']).write_text(json.dumps({'score': 1, 'evaluate': MARK, 'of': model['train']}))
