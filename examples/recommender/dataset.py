"""Which libraries each project uses, and the one split that training and evaluation share."""

import csv
import os

Libraries = list[str]  # in the order of their names


def load_train() -> list[Libraries]:
    """The libraries of each project to learn from."""
    return [libraries for number, libraries in enumerate(_load()) if number % 5 != 0]


def load_test() -> list[tuple[Libraries, Libraries]]:
    """The libraries of each project to judge by: those that the model is told, and those that it has to find."""
    held_out = _load()[::5]
    return [([name for name in libraries if name not in libraries[::3]], libraries[::3]) for libraries in held_out]


def _load() -> list[Libraries]:
    projects: dict[str, Libraries] = {}
    with open(os.environ["DATASET_DEPENDENCIES"], newline="") as file:
        for row in csv.DictReader(file):
            projects.setdefault(row["project"], []).append(row["library"])
    return list(projects.values())
