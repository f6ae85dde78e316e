"""The tumours, and the one split that training and evaluation share."""

import os

import numpy as np

Rows = tuple[np.ndarray, np.ndarray]


def load() -> tuple[Rows, Rows]:
    """The measurements and diagnoses (True: malignant) to fit on, and those of every fourth tumour to judge by."""
    table = np.loadtxt(os.environ["DATASET_TUMOURS"], delimiter=",", skiprows=1)
    measurements, malignant = table[:, :-1], table[:, -1] == 1
    held_out = np.arange(len(table)) % 4 == 3
    return (measurements[~held_out], malignant[~held_out]), (measurements[held_out], malignant[held_out])
