"""The definitions with their topics, and the one split that training and evaluation share."""

import os
import re
from pathlib import Path

TOPICS = ("animal", "artifact", "body", "food", "location", "person", "plant", "substance")
TRAIN_SHARE = 0.8

Definition = tuple[str, str]  # its topic, and its text


def load_train() -> list[Definition]:
    """The definitions to fit on."""
    definitions = _load()
    return definitions[: int(len(definitions) * TRAIN_SHARE)]


def load_test() -> list[Definition]:
    """The definitions to judge by, which training never sees."""
    definitions = _load()
    return definitions[int(len(definitions) * TRAIN_SHARE) :]


def split_words(text: str) -> list[str]:
    """The words of a text, in small letters; neither numbers nor punctuation."""
    return re.findall("[a-z]+", text.lower())


def _load() -> list[Definition]:
    # make_data.py has shuffled the lines.
    lines = Path(os.environ["DATASET_DEFINITIONS"]).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]
