"""The handwritten digits, and the one split that training and evaluation share."""

import os
from pathlib import Path

import numpy as np

from pixels import to_features

# The rows are in the order of their writers. The last three people's digits, from this row on, are held out:
# the question is how well the model reads a hand it has never seen, which a random split would not ask.
FIRST_TEST_ROW = 1415

Rows = tuple[np.ndarray, np.ndarray]


def load_train() -> Rows:
    """The features and labels (0 to 9) to fit on."""
    features, labels = _load()
    return features[:FIRST_TEST_ROW], labels[:FIRST_TEST_ROW]


def load_test() -> Rows:
    """The features and labels to judge by, which training never sees."""
    features, labels = _load()
    return features[FIRST_TEST_ROW:], labels[FIRST_TEST_ROW:]


def _load() -> Rows:
    table = np.loadtxt(Path(os.environ["DATASET_DIGITS"], "digits.csv"), delimiter=",")
    return to_features(table[:, :-1]), table[:, -1].astype(int)
