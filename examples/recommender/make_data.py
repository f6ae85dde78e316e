"""Cuts data/dependencies.csv out of a package index of Debian: `python make_data.py Packages`."""

import re
import sys
from collections import Counter
from pathlib import Path

PREFIX = "python3-"
MIN_LIBRARIES = 3  # a project must use as many, or nothing is left to learn from once some are hidden
MIN_PROJECTS = 5  # and a library must be used by as many


def main(index: str) -> None:
    uses = read_uses(Path(index).read_text())
    counts = Counter(library for libraries in uses.values() for library in libraries)
    pairs = []
    for project, libraries in sorted(uses.items()):
        known = sorted(library for library in libraries if counts[library] >= MIN_PROJECTS)
        if len(known) >= MIN_LIBRARIES:
            pairs += [(project, library) for library in known]
    lines = ["project,library", *map(",".join, pairs)]
    Path(__file__).with_name("data").joinpath("dependencies.csv").write_text("\n".join(lines) + "\n")


def read_uses(index: str) -> dict[str, set[str]]:
    """The Python libraries that each Python package of the index depends on, without the prefix of their names."""
    uses = {}
    for stanza in index.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line and line[0] != " ")
        name = fields.get("Package", "")
        if name.startswith(PREFIX):
            # Each clause may offer several packages; the first is the one that Debian installs.
            libraries = re.findall(rf"(?:^|, ){PREFIX}([a-z0-9.+-]+)", fields.get("Depends", ""))
            uses[name.removeprefix(PREFIX)] = {library for library in libraries if not re.search(r"-abi\d+$|^supported-", library)}
    return uses


if __name__ == "__main__":
    main(sys.argv[1])
