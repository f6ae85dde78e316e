"""Says as JSON how it was started, and what Python knows of installed projects."""
import importlib.metadata
import json
import os
import pathlib
import sys

import beside
import idna


def main():
    models = importlib.metadata.entry_points(group='acme.models')
    found = {
        'words': sys.argv[1:],
        'folder': os.getcwd(),
        'file': __file__,
        'versions': {name: importlib.metadata.version(name) for name in ('acme-features', 'beside')},
        'models': [model.load() is main for model in models],
        'imports': [beside.WORD, idna.encode('x').decode()],
    }
    pathlib.Path(os.environ['MODEL_DIR'], 'found.json').write_text(json.dumps(found))
    print('found ' + json.dumps(found))
