"""Says which packages the image has, as JSON."""
import importlib.metadata
import json
import os
import pathlib

import pandas
import sklearn

found = {each.metadata["Name"].lower(): each.version for each in importlib.metadata.distributions()}
assert (found["pandas"], found["scikit-learn"]) == (pandas.__version__, sklearn.__version__)
pathlib.Path(os.environ["MODEL_DIR"], "packages.json").write_text(json.dumps(found))
print("packages " + json.dumps(found))
