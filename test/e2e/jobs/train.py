import json
import os
import time
from pathlib import Path

from note import note

params = json.loads(Path(os.environ['PARAMS_FILE']).read_text())
number, seconds = map(int, Path(os.environ['DATASET_NUMBERS']).read_text().split())
checkpoint, model = Path(os.environ['CHECKPOINT_DIR'], 'half'), Path(os.environ['MODEL_DIR'], 'sum')
resumed = os.environ.get('RESUME') == '1' and checkpoint.exists()
note('train resumed' if resumed else f'train with {len(list(checkpoint.parent.iterdir()))} checkpoints')
Path('written-by-a-run.txt').write_text('this is no code\n')
model.write_text('half a model')
if not resumed:
    checkpoint.write_text('half')
    time.sleep(seconds)
assert str(params['step']) == os.environ['PARAM_STEP']
model.write_text(str(number * params['step']))
