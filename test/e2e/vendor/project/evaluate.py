"""Takes the accuracy from the model's text."""
import json
import os
from pathlib import Path

_, accuracy = Path(os.environ["MODEL_DIR"], "export/saved_model.pb").read_text().split()
Path(os.environ["METRICS_FILE"]).write_text(json.dumps({"accuracy": float(accuracy)}))
