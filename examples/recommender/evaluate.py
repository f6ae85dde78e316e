"""Has the recommender find what is hidden of the held-out projects, against a list of the most popular libraries."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from math import log2
from pathlib import Path
from statistics import mean

from dataset import Libraries, load_test, load_train
from model import Recommender

TOP = 10


def main() -> None:
    recommender = Recommender.load()
    recall, ndcg = score(lambda known: recommender.recommend(known, TOP))
    popular_recall, popular_ndcg = score(most_popular())

    metrics = {
        "recall_at_10": recall,
        "popular_recall_at_10": popular_recall,
        "lift": recall / popular_recall,
        "ndcg_at_10": ndcg,
        "popular_ndcg_at_10": popular_ndcg,
    }
    Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
    print(f"on {len(load_test())} held-out projects:", *(f"{name} {value:.3f}" for name, value in metrics.items()))


def most_popular() -> Callable[[Libraries], Libraries]:
    """The baseline: whatever a project uses, the most used libraries that it does not use yet."""
    ranking = [library for library, _ in Counter(library for libraries in load_train() for library in libraries).most_common()]
    return lambda known: [library for library in ranking if library not in known][:TOP]


def score(recommend: Callable[[Libraries], Libraries]) -> tuple[float, float]:
    """The share of the hidden libraries that is found (recall), and that share with more for a find further up (NDCG)."""
    recalls, ndcgs = [], []
    for known, hidden in load_test():
        places = [place for place, library in enumerate(recommend(known)) if library in hidden]
        recalls.append(len(places) / len(hidden))
        ndcgs.append(gain(places) / gain(range(min(TOP, len(hidden)))))
    return mean(recalls), mean(ndcgs)


def gain(places: Iterable[int]) -> float:
    return sum(1 / log2(place + 2) for place in places)


if __name__ == "__main__":
    main()
