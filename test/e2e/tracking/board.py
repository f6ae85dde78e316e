"""Trains on diabetes, and writes how for TensorBoard."""
import os
from pathlib import Path

from sklearn.datasets import load_diabetes
from sklearn.linear_model import SGDRegressor
from tensorboard.summary import Writer

x, y = load_diabetes(return_X_y=True)
model = SGDRegressor(random_state=0)
board = Writer(os.environ['TENSORBOARD_LOGDIR'])
for step in range(20):
    model.partial_fit(x, y)
    board.add_scalar('r2', model.score(x, y), step)
board.close()
(Path(os.environ['MODEL_DIR']) / 'trained').touch()
