"""Resolves requirements by the pip of a base image: what is asked comes as JSON, and reports of pip go out as JSON."""

import json
import os
import subprocess
import sys
import tempfile

FOLDER = "/requirements"
CONSTRAINTS = os.path.join(FOLDER, ".constraints")


def main():
    job = json.load(sys.stdin)
    if job["system"]:
        run(["apt-get", "update"])
        run(["apt-get", "install", "-y", "--no-install-recommends", *job["system"]])
    for path, text in job["files"].items():
        write(os.path.join(FOLDER, path), text)
    layers = [Layer(layer) for layer in job["layers"]]
    words = [word for layer in layers for word in layer.words]
    everything = report(words)
    write(CONSTRAINTS, "".join(pin(item) for item in everything))
    # The last layer is all of them; those before it are held to the same versions.
    lists = [report([word for layer in layers[: end + 1] for word in layer.words], "-c", CONSTRAINTS) for end in range(len(layers) - 1)]
    own = {name for layer in layers for name in layer.own}
    json.dump([[shorten(item, own) for item in items] for items in [*lists, everything]], sys.stdout)


class Layer:
    """The words for pip: what an index of its own has is found there alone, and then named by its URL."""

    def __init__(self, layer):
        own = layer["own"]
        found = report(own["requirements"], "--no-deps", "--index-url", own["index"]) if own else []
        self.own = [item["metadata"]["name"] for item in found]
        self.words = [*(direct(item) for item in found), *layer["requirements"]]
        if layer["file"]:
            self.words += ["-r", os.path.join(FOLDER, layer["file"])]


def report(words, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--report", path, *options, *words])
        with open(path, encoding="utf-8") as file:
            return json.load(file)["install"]


def run(command):
    """Standard output is for the answer alone."""
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode
    if status != 0:
        sys.exit(status)


def direct(item):
    extras = ",".join(item.get("requested_extras") or [])
    digest = item["download_info"]["archive_info"]["hash"]
    return f"{item['metadata']['name']}{f'[{extras}]' if extras else ''} @ {item['download_info']['url']}#{digest}"


def pin(item):
    return "" if item["is_direct"] else f"{item['metadata']['name']}=={item['metadata']['version']}\n"


def shorten(item, own):
    """Metadata hold whole descriptions."""
    name = item["metadata"]["name"]
    metadata = {"name": name, "version": item["metadata"]["version"]}
    return {"metadata": metadata, "is_direct": item["is_direct"] and name not in own, "download_info": item["download_info"]}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


main()
