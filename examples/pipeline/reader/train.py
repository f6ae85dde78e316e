"""Trains a network epoch by epoch; a run that was killed goes on from its last checkpoint."""

import json
import os
from pathlib import Path

import joblib
from sklearn.neural_network import MLPClassifier

from dataset import load_train

DIGITS = range(10)
CHECKPOINT = Path(os.environ["CHECKPOINT_DIR"], "checkpoint.joblib")


def main() -> None:
    params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
    network, done = resume() or (start(params), 0)
    features, labels = load_train()
    for epoch in range(done + 1, params["epochs"] + 1):
        network.partial_fit(features, labels, classes=DIGITS)
        save((network, epoch), CHECKPOINT)
        print(f"epoch {epoch}: loss {network.loss_:.4f}", flush=True)
    save(network, Path(os.environ["MODEL_DIR"], "model.joblib"))


def start(params: dict) -> MLPClassifier:
    return MLPClassifier(params["hidden"], learning_rate_init=params["learning_rate"], random_state=int(os.environ["SEED"]))


def resume() -> tuple[MLPClassifier, int] | None:
    """The network and the epochs that it has behind it; None where there is nothing to go on from."""
    if os.environ.get("RESUME") != "1" or not CHECKPOINT.exists():
        return None
    network, done = joblib.load(CHECKPOINT)
    print(f"resumes after epoch {done}", flush=True)
    return network, done


def save(value: object, path: Path) -> None:
    """Whole or not at all: whoever is killed while writing leaves the file that was there."""
    unfinished = path.with_suffix(".tmp")
    joblib.dump(value, unfinished)
    unfinished.replace(path)


if __name__ == "__main__":
    main()
