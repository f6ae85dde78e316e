import os
from pathlib import Path

import cv2

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("OpenCV", cv2.__version__)
