import os
from pathlib import Path

import sklearn

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("scikit-learn", sklearn.__version__)
