"""The diabetes data, and the one split that training and evaluation share."""

import os

import numpy as np

# Ten measurements of a patient; the last column is how far the disease had progressed a year later.
FEATURES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
TRAIN_SHARE = 0.8

Rows = tuple[np.ndarray, np.ndarray]


def load_train() -> Rows:
    """The features and targets to fit on."""
    return _load()[0]


def load_test() -> Rows:
    """The features and targets to judge by, which training never sees."""
    return _load()[1]


def _load() -> tuple[Rows, Rows]:
    # By position, not at random: every run of every model is judged by the same patients.
    table = np.loadtxt(os.environ["DATASET_DIABETES"], delimiter=",", skiprows=1)
    features, target = table[:, :-1], table[:, -1]
    cut = int(len(table) * TRAIN_SHARE)
    return (features[:cut], target[:cut]), (features[cut:], target[cut:])
