import os
from pathlib import Path

import numpy
import sklearn.linear_model

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("scikit-learn", sklearn.__version__, "beside NumPy", numpy.__version__)
