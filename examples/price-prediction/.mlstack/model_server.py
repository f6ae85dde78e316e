# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:676a5204042452b0
"""Starts a ready-made server on the model in $MODEL_DIR.

    python model_server.py mlserver --name MODEL --runtime IMPLEMENTATION=FILE,FILE... [--runtime ...]
    python model_server.py mlflow

Which file holds the model, and so which runtime serves it, is only known here, where the model is. What is missing is said
before the server starts: servers say it in many lines. How they listen is in their own variables of the environment.
"""
from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import List, NoReturn, Optional, Tuple

RUNTIMES_FILE = Path(__file__).resolve().with_name('model_runtimes.py')  # runtimes of ours, where one of them serves
SECONDS_BETWEEN_LOOKS = 0.05
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)

Runtime = Tuple[str, List[str]]  # how the server calls it, and the names of files that it serves, the usual one first


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(prog='model_server.py', allow_abbrev=False)
    parser.add_argument('server', choices=['mlserver', 'mlflow'])
    parser.add_argument('--name', metavar='MODEL', help='the name of the model in requests')
    parser.add_argument('--runtime', action='append', default=[], type=parse_runtime, metavar='IMPLEMENTATION=FILE,FILE', help='what serves a model, by the files that hold it')
    options = parser.parse_args(arguments)
    model = Path(os.environ['MODEL_DIR'])
    return run(prepare_mlserver(options.name, model, options.runtime) if options.server == 'mlserver' else prepare_mlflow(model))


def parse_runtime(text: str) -> Runtime:
    implementation, _, files = text.partition('=')
    return implementation, files.split(',')


def prepare_mlserver(name: str, model: Path, runtimes: List[Runtime]) -> List[str]:
    """Writes which model is served by what; MLServer imports from the folder of its settings, and so finds runtimes of ours."""
    found = find_model(model, runtimes)
    if found is None:
        looked = ', '.join(file for _, files in runtimes for file in files)
        hint = 'what MLflow has saved is served by `server: mlflow`' if find_mlflow(model) else f'it looks for {looked}, or a single file that ends like one of them'
        fail(f'there is no model that MLServer could load in {model}, which has: {list_names(model)}', hint)
    implementation, path = found
    folder = Path(tempfile.gettempdir(), 'models', name)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {'name': name, 'implementation': implementation, 'parameters': {'uri': str(path)}}
    (folder / 'model-settings.json').write_text(json.dumps(settings), encoding='utf-8')
    link = folder / RUNTIMES_FILE.name
    if RUNTIMES_FILE.exists() and not link.is_symlink():
        link.symlink_to(RUNTIMES_FILE)
    return ['mlserver', 'start', str(folder)]


def prepare_mlflow(model: Path) -> List[str]:
    folder = find_mlflow(model)
    if folder is None:
        fail(f'there is no model that MLflow has saved in {model}, which has: {list_names(model)}', 'it looks for a file MLmodel there, or in one folder below: mlflow.sklearn.save_model(model, f"{MODEL_DIR}/model") writes one')
    # What is installed here is what the model was trained with, so no environment of its own is made for it.
    return ['mlflow', 'models', 'serve', '--env-manager', 'local', '--host', os.environ['HOST'], '--port', os.environ['PORT'], '--model-uri', str(folder)]


def find_mlflow(model: Path) -> Optional[Path]:
    """The folder itself, or the only one in it that MLflow has saved a model in."""
    if (model / 'MLmodel').is_file():
        return model
    below = [path.parent for path in model.glob('*/MLmodel')]
    return below[0] if len(below) == 1 else None


def find_model(model: Path, runtimes: List[Runtime]) -> Optional[Tuple[str, Path]]:
    """The first file that has a usual name; else the only one that ends like one."""
    named = [(implementation, model / file) for implementation, files in runtimes for file in files]
    found = next((each for each in named if each[1].is_file()), None)
    if found:
        return found
    others = sorted(path for path in model.glob('*') if path.is_file())
    alike = [(implementation, path) for implementation, files in runtimes for path in others if path.suffix in {Path(file).suffix for file in files}]
    return alike[0] if len(alike) == 1 else None


def list_names(model: Path) -> str:
    names = sorted(path.name for path in model.glob('*'))
    return ', '.join(names[:10]) or 'nothing'


def fail(*lines: str) -> NoReturn:
    for line in lines:
        print(f'mlstack: serve: {line}', file=sys.stderr, flush=True)
    sys.exit(1)


def run(command: List[str]) -> int:
    """Runs the server until all of it has ended, and hands signals on. One that ends without being told to has failed, whatever its status."""
    told: List[int] = []
    server: Optional[subprocess.Popen[bytes]] = None

    def forward(number: int, _frame: object) -> None:
        told.append(number)
        if server:
            signal_all(server.pid, number)

    for number in SIGNALS:
        signal.signal(number, forward)
    try:
        server = subprocess.Popen(command, start_new_session=True)  # MLflow starts its server apart from itself, which is told too
    except OSError as error:
        fail(f'cannot run {command[0]}: {error.strerror}')
    for number in tuple(told):  # those that came before there was a process
        signal_all(server.pid, number)
    status = server.wait()
    while signal_all(server.pid, 0):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    if told and status in (0, -told[0]):
        return 0
    return 128 - status if status < 0 else status or 1


def signal_all(group: int, number: int) -> bool:
    """Whether there was still a process to take it."""
    try:
        os.killpg(group, number)
        return True
    except ProcessLookupError:
        return False


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
