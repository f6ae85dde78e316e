"""Tells what resolving has to know of a base image: its Python, its C library, and how its pip is configured."""

import ast
import json
import platform
import subprocess
import sys

SECTIONS = ("global", "install", ":env:")


def main():
    settings = read_settings()
    json.dump(
        {
            "python": platform.python_version(),
            "glibc": platform.libc_ver()[1] if platform.libc_ver()[0] == "glibc" else "",
            "pip": {
                "index": settings.get("index-url", ""),
                "extraIndexes": settings.get("extra-index-url", "").split(),
                "links": settings.get("find-links", "").split(),
                "trusted": settings.get("trusted-host", "").split(),
            },
        },
        sys.stdout,
    )


def read_settings():
    """By key; a later section wins over an earlier one, as in pip."""
    listing = subprocess.run([sys.executable, "-m", "pip", "config", "list"], stdout=subprocess.PIPE, check=True).stdout.decode()
    found = {}
    for line in listing.splitlines():
        place, _, value = line.partition("=")
        section, _, key = place.rpartition(".")
        if section in SECTIONS:
            found.setdefault(section, {})[key] = ast.literal_eval(value)
    return {key: value for section in SECTIONS for key, value in found.get(section, {}).items()}


main()
