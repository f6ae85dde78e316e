"""Says from which index each package comes."""
import json
import os
import pathlib

import acme_core
import acme_models
import mlstack_helper

found = {module.__name__: module.ORIGIN for module in (acme_core, acme_models, mlstack_helper)}
pathlib.Path(os.environ['MODEL_DIR'], 'found.json').write_text(json.dumps(found))
print('found ' + json.dumps(found))
