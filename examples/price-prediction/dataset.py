"""The diamonds, and the one split that training and evaluation share."""

import os

import pandas as pd

# From the worst to the best.
GRADES = {
    "cut": ["Fair", "Good", "Very Good", "Premium", "Ideal"],
    "color": ["J", "I", "H", "G", "F", "E", "D"],
    "clarity": ["I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF"],
}
TRAIN_ROWS = 8000  # of 10,000, which are in random order

Rows = tuple[pd.DataFrame, pd.Series]


def load_train() -> Rows:
    """The diamonds and prices to fit on."""
    return _split(_load()[:TRAIN_ROWS])


def load_test() -> Rows:
    """The diamonds and prices to judge by, which training never sees."""
    return _split(_load()[TRAIN_ROWS:])


def _load() -> pd.DataFrame:
    return pd.read_csv(os.environ["DATASET_DIAMONDS"])


def _split(table: pd.DataFrame) -> Rows:
    return table.drop(columns="price"), table["price"]
