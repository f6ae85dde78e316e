"""Starts a ready-made server on the model in $MODEL_DIR, and becomes it.

    python model_server.py mlserver --name MODEL [--runtime IMPLEMENTATION=FILE,FILE...]...

Which file holds the model, and so which runtime serves it, is only known here, where the model is. What is missing is said
before the server starts, since servers say it in many lines, or wait for ever.
"""
from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import List, NoReturn, Optional, Tuple

Runtime = Tuple[str, List[str]]  # how the server calls it, and the names of files that it serves, the usual one first


def main(arguments: List[str]) -> NoReturn:
    parser = argparse.ArgumentParser(prog='model_server.py', allow_abbrev=False)
    parser.add_argument('server', choices=['mlserver'])
    parser.add_argument('--name', required=True, metavar='MODEL', help='the name of the model in requests')
    parser.add_argument('--runtime', action='append', default=[], type=parse_runtime, metavar='IMPLEMENTATION=FILE,FILE', help='what serves a model, by the files that hold it')
    options = parser.parse_args(arguments)
    model = Path(os.environ['MODEL_DIR'])
    become(prepare_mlserver(options.name, model, options.runtime))


def parse_runtime(text: str) -> Runtime:
    implementation, _, files = text.partition('=')
    return implementation, files.split(',')


def prepare_mlserver(name: str, model: Path, runtimes: List[Runtime]) -> List[str]:
    """Writes which model is served by what; all else of its settings is in the environment."""
    found = find_model(model, runtimes)
    if found is None:
        fail(f'there is no model that the server could load in {model}, which has: {list_names(model)}', f'it looks for: {", ".join(file for _, files in runtimes for file in files)}')
    implementation, path = found
    folder = Path(tempfile.gettempdir(), 'models', name)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {'name': name, 'implementation': implementation, 'parameters': {'uri': str(path)}}
    (folder / 'model-settings.json').write_text(json.dumps(settings), encoding='utf-8')
    return ['mlserver', 'start', str(folder)]


def find_model(model: Path, runtimes: List[Runtime]) -> Optional[Tuple[str, Path]]:
    """The first file that has a usual name; else the only one that ends like one. A model may be a file by itself."""
    named = [(implementation, model / file) for implementation, files in runtimes for file in files]
    found = next((each for each in named if each[1].is_file()), None)
    if found:
        return found
    others = [model] if model.is_file() else sorted(path for path in model.glob('*') if path.is_file())
    alike = [(implementation, path) for implementation, files in runtimes for path in others if path.suffix in {Path(file).suffix for file in files}]
    return alike[0] if len(alike) == 1 else None


def list_names(model: Path) -> str:
    names = sorted(path.name for path in model.glob('*'))
    return ', '.join(names[:10]) or 'nothing'


def fail(*lines: str) -> NoReturn:
    for line in lines:
        print(f'mlstack: serve: {line}', file=sys.stderr, flush=True)
    sys.exit(1)


def become(command: List[str]) -> NoReturn:
    """Replaces this process by the server, which then gets every signal itself."""
    try:
        os.execvp(command[0], command)
    except OSError as error:
        fail(f'cannot run {command[0]}: {error.strerror}')


if __name__ == '__main__':
    main(sys.argv[1:])
