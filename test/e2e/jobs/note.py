"""Notes each run of a job in the output that all of them share."""
from pathlib import Path


def note(words):
    with Path('runs/log').open('a') as log:
        print(words, file=log)
