"""Kills the helper before each change that it makes to the disk, and prints what every kill leaves, as one JSON list.

    python3 kill-at-every-step.py ENTRYPOINT FOLDER

The store of each case has model "one" in service and, for `evaluate`, a trained candidate "two".
"""
import importlib.util
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

EVENTS = {'open', 'os.mkdir', 'os.remove', 'os.rename', 'os.rmdir', 'os.symlink', 'shutil.rmtree'}
UNNAMED = getattr(os, 'O_TMPFILE', -1)  # opens a file that has no name, on Linux alone

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('entrypoint', sys.argv[1])
entrypoint = importlib.util.module_from_spec(spec)
spec.loader.exec_module(entrypoint)
folder = Path(sys.argv[2])
# A working folder of its own, since what lies there counts as code, and a place of its own for what a container remembers.
for name in ('app', 'tmp'):
    (folder / name).mkdir()
os.chdir(folder / 'app')
tempfile.tempdir = str(folder / 'tmp')


def run(store, role, script, kill_at=None):
    """Runs the helper in a process of its own; returns its status, negative where it was killed."""
    options = {'train': ['--fresh'], 'evaluate': ['--after', 'train', '--promote', '--require', 'accuracy >= 0.5', '--versions', 'model', '--holds', 'name']}[role]
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if kill_at is not None:
            kill_before(kill_at)
        os._exit(entrypoint.main([role, *options, '--store', str(store), '--', 'sh', '-c', script]))
    status = os.waitpid(child, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)


def kill_before(step):
    seen = 0

    def count(event, arguments):
        nonlocal seen
        if event in EVENTS and (event != 'open' or leaves_a_file(arguments[2])):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def leaves_a_file(flags):
    return flags & (os.O_WRONLY | os.O_RDWR) and flags & UNNAMED != UNNAMED


def train(store, name, kill_at=None):
    return run(store, 'train', f'echo {name} > {store}/candidate/name', kill_at)


def evaluate(store, kill_at=None):
    script = f'case $(cat {store}/candidate/name) in one) a=0.91;; two) a=0.92;; three) a=0.93;; *) exit 9;; esac'
    return run(store, 'evaluate', script + f'; echo "{{\\"accuracy\\": $a}}" > {store}/metrics/metrics.json', kill_at)


def served(store):
    release = (store / 'current').resolve()
    versions = {link.name: link / 'name' for link in (store / 'current' / 'versions' / 'model').iterdir()}
    assert all(path.is_file() for path in versions.values()) and versions[str(int(release.name))].samefile(release / 'model' / 'name')
    return [(release / 'model' / 'name').read_text().strip(), json.loads((release / 'metrics.json').read_text())['accuracy']]


def copy(store, name):
    return Path(shutil.copytree(store, folder / name, symlinks=True))


first = folder / 'first'
assert (train(first, 'one'), evaluate(first)) == (0, 0)
second = copy(first, 'second')
assert train(second, 'two') == 0

def check(role, step):
    """One kill, and what is in service after it, after `evaluate` alone runs again, and after both jobs do."""
    store = copy(second if role == 'evaluate' else first, f'{role}-{step}')
    status = train(store, 'two', step) if role == 'train' else evaluate(store, step)
    return {
        'role': role,
        'step': step,
        'status': status,
        'served': served(store),
        'again': [evaluate(store), *served(store)],
        'next': [train(store, 'three'), evaluate(store), *served(store)],
        'left': len(list((store / 'releases').iterdir())),
    }


def check_every(stride, role, first_step):
    """Kills at every so many steps, until a run goes through."""
    cases = [check(role, first_step)]
    while cases[-1]['status'] == -signal.SIGKILL:
        cases.append(check(role, cases[-1]['step'] + stride))
    return cases


with multiprocessing.get_context('fork').Pool(8) as pool:
    parts = pool.starmap(check_every, [(4, role, first_step) for role in ('train', 'evaluate') for first_step in (1, 2, 3, 4)])
    print(json.dumps([case for part in parts for case in part]))
