"""The recommender, which training, evaluation and serving share."""

import os
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import torch
from torch import nn

SAVED = Path(os.environ["MODEL_DIR"], "recommender.pt")


class Recommender(nn.Module):
    """A factorised matrix of libraries by libraries: how much one that a project uses speaks for another.

    A project is what its libraries add up to. So one that training has not seen can be served as well.
    """

    def __init__(self, libraries: Sequence[str], width: int = 32) -> None:
        super().__init__()
        self.libraries = list(libraries)
        self.numbers = {library: number for number, library in enumerate(libraries)}
        self.used = nn.Parameter(torch.randn(len(libraries), width) / sqrt(width))
        self.wanted = nn.Parameter(torch.randn(len(libraries), width) / sqrt(width))
        self.popularity = nn.Parameter(torch.zeros(len(libraries)))

    def encode(self, projects: Sequence[Sequence[str]]) -> torch.Tensor:
        """A row a project, with a one for each library that it uses and training has seen."""
        rows = torch.zeros(len(projects), len(self.libraries))
        for row, libraries in zip(rows, projects):
            row[[self.numbers[library] for library in libraries if library in self.numbers]] = 1
        return rows

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The scores of the libraries that a project does not use yet."""
        projects = rows @ self.used / rows.sum(dim=1, keepdim=True).clamp(min=1).sqrt()
        return (projects @ self.wanted.T + self.popularity).masked_fill(rows > 0, -torch.inf)

    @torch.inference_mode()
    def recommend(self, libraries: Sequence[str], count: int) -> list[str]:
        """The libraries that suit a project best, the best first."""
        return [self.libraries[number] for number in self(self.encode([libraries]))[0].topk(count).indices]

    def save(self) -> None:
        torch.save({"libraries": self.libraries, "weights": self.state_dict()}, SAVED)

    @classmethod
    def load(cls) -> "Recommender":
        saved = torch.load(SAVED, weights_only=True)
        recommender = cls(saved["libraries"])
        recommender.load_state_dict(saved["weights"])
        return recommender
