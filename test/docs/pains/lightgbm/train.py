import os
from pathlib import Path

import lightgbm

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("LightGBM", lightgbm.__version__)
