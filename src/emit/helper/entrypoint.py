"""Runs the command of one role in its container, and lets a model into service only once every job has succeeded.

    python entrypoint.py ROLE [options] -- COMMAND ARGUMENT...

A job works on a candidate model. The last job promotes it: the candidate becomes a numbered release, and the link
`current`, which `serve` reads through, moves to it by one atomic rename. Whatever fails or is killed before that
rename leaves the served model as it was, and the next run starts from a sound store:

    candidate/                       $MODEL_DIR of the jobs; once promoted, a link to the model in its release
    state.json                       the roles that have completed on this candidate
    metrics/metrics.json             $METRICS_FILE, unless the user chose another place
    releases/0001/model/             a promoted model
    releases/0001/metrics.json       what was measured of it
    current -> releases/0001         the release in service

A role that only exports secrets is a service: the command takes the place of this process.
"""
from __future__ import annotations

import argparse
import json
import math
import operator
import os
import re
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

COMPARISONS = {'>=': operator.ge, '>': operator.gt, '<=': operator.le, '<': operator.lt, '==': operator.eq, '!=': operator.ne}
DISTANCES = {'>=': 'short by', '>': 'short by', '<=': 'over by', '<': 'over by', '==': 'off by'}
KINDS = {bool: 'a boolean', str: 'a string', type(None): 'null', list: 'a list', dict: 'an object', Decimal: 'a number'}
NUMBER = r'(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?'
REQUIREMENT = re.compile(rf'(.+?)\s*([<>]=?|[=!]=)\s*(served(?:\s*[-+]\s*{NUMBER})?|[-+]?{NUMBER})')


class Failure(Exception):
    """An end that is foreseen: the lines to print, and the exit status."""

    def __init__(self, *lines: str, status: int = 1):
        super().__init__(*lines)
        self.lines, self.status = lines, status


class Requirement(NamedTuple):
    """One comparison of the gate; the bound is an offset from the served model's metric where it is relative."""

    metric: str
    comparison: str
    bound: Decimal
    is_relative: bool
    bound_as_written: str


# The command line

def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Reads the options up to `--`, and the command after it as it stands."""
    parser = argparse.ArgumentParser(prog='entrypoint.py', usage='%(prog)s ROLE [options] -- COMMAND ARGUMENT...', allow_abbrev=False)
    parser.add_argument('role', metavar='ROLE')
    parser.add_argument('--fresh', action='store_true', help='empty the candidate first: this is the first job')
    parser.add_argument('--after', action='append', default=[], metavar='ROLE', help='a role that must have completed on this candidate')
    parser.add_argument('--promote', action='store_true', help='promote the candidate on success: this is the last job')
    parser.add_argument('--metrics', type=Path, metavar='PATH', help='the file that the command writes its metrics to')
    parser.add_argument('--require', action='append', default=[], type=parse_requirement, metavar='"accuracy >= 0.95"')
    parser.add_argument('--export', action='append', default=[], metavar='NAME', help='a secret to export as a variable')
    parser.add_argument('--store', type=Path, default=Path('/model'), metavar='PATH', help='where candidate and releases live')
    end = arguments.index('--') if '--' in arguments else len(arguments)
    options = parser.parse_args(arguments[:end])
    options.command = arguments[end + 1:]
    if not options.command:
        parser.error('there is no command after --')
    return options


def parse_requirement(text: str) -> Requirement:
    """Reads `accuracy >= 0.95` or `accuracy >= served - 0.005`."""
    match = REQUIREMENT.fullmatch(text.strip())
    if not match:
        raise argparse.ArgumentTypeError(f'{text!r} is not a comparison such as "accuracy >= 0.95"')
    metric, comparison, bound = match.groups()
    offset = re.sub(r'served|\s', '', bound)
    return Requirement(metric, comparison, Decimal(offset or 0), bound.startswith('served'), bound)


# Running

def main(arguments: list[str]) -> int:
    """Runs the role and returns its exit status; all that is said goes to standard error."""
    options = parse_arguments(arguments)
    try:
        export_secrets(options.export)
        if options.fresh or options.after or options.promote or options.metrics or options.require:
            return run_job(options)
        return become_command(options.command)
    except Failure as failure:
        say(options.role, *failure.lines)
        return failure.status
    except OSError as error:
        say(options.role, f'{error.filename}: {error.strerror}' if error.filename else str(error))
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def run_job(options: argparse.Namespace) -> int:
    """Runs the command on the candidate, then applies the gate, promotes, and records the success."""
    store, role = options.store, options.role
    metrics_file = options.metrics or store / 'metrics' / 'metrics.json'
    open_store(store)
    forget_completed(store, role, options.after, options.fresh)
    open_candidate(store / 'candidate', options.fresh)
    metrics_file.parent.mkdir(parents=True, exist_ok=True)
    remove_file(metrics_file)

    status = run_command(options.command)
    if status != 0:
        raise Failure(f'the command ended with status {status}', *what_stays(store), status=status)
    if metrics_file.is_file() and store.resolve() not in metrics_file.resolve().parents:
        write_atomically(store / 'metrics' / 'metrics.json', metrics_file.read_bytes())
    if options.require:
        say(role, *apply_gate(options.require, metrics_file, store))
    if options.promote:
        say(role, promote(store, metrics_file.read_bytes() if metrics_file.is_file() else b'{}\n'))
    write_completed(store, [*read_completed(store), role])
    return 0


def run_command(command: list[str]) -> int:
    """Runs a child that gets the signals meant for this process; returns its status, 128 + N where signal N ended it."""
    child: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def forward(number: int, _frame: Any) -> None:
        if child is None:
            early.append(number)
        elif number != signal.SIGINT or not os.isatty(0):  # a terminal's Ctrl-C has reached the child already
            child.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, forward)
    try:
        child = subprocess.Popen(command)
    except OSError as error:
        raise cannot_run(command, error) from None
    for number in early:
        child.send_signal(number)
    status = child.wait()
    return status if status >= 0 else 128 - status


def become_command(command: list[str]) -> int:
    """Replaces this process by the command, which then gets every signal itself."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores these two, and exec would hand that down
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        raise cannot_run(command, error) from None


def cannot_run(command: list[str], error: OSError) -> Failure:
    """Follows the shell: 127 where the command is not found, 126 where it cannot be executed."""
    if isinstance(error, FileNotFoundError):
        return Failure(f'command not found: {command[0]}', status=127)
    return Failure(f'cannot execute {command[0]}: {error.strerror}', status=126)


def export_secrets(names: list[str]) -> None:
    """Sets each variable from the file of its secret, without the newline that ends it; no value is ever printed."""
    for name in names:
        path = os.environ.get(f'{name}_FILE', f'/run/secrets/{name}')
        try:
            value = Path(path).read_bytes()
        except FileNotFoundError:
            raise Failure(f'secret {name} is missing: there is no {path}; grant it to this service and set it where its value comes from') from None
        except PermissionError:
            raise Failure(f'secret {name} cannot be read: {path} belongs to {owner_and_user(path)}') from None
        if b'\0' in value:
            raise Failure(f'secret {name} cannot be a variable: it has a zero byte; read it from {path}')
        os.environb[os.fsencode(name)] = re.sub(rb'\r?\n\Z', b'', value)


def say(role: str, *lines: str) -> None:
    """Prints at once, so that the order among the command's own output is kept."""
    for line in lines:
        print(f'mlstack: {role}: {line}', file=sys.stderr, flush=True)


# The gate

def apply_gate(requirements: list[Requirement], metrics_file: Path, store: Path) -> list[str]:
    """Returns a line for each requirement that holds; fails with a line for each that does not."""
    served = read_served_metrics(store)
    try:
        metrics = read_metrics(metrics_file)
    except Failure as failure:
        raise Failure(*failure.lines, *what_stays(store)) from None
    verdicts = [judge(requirement, metrics, served) for requirement in requirements]
    failures = [line for holds, line in verdicts if not holds]
    if failures:
        raise Failure(*failures, *what_stays(store))
    return [line for _, line in verdicts]


def judge(requirement: Requirement, metrics: dict[str, Any], served: dict[str, Any] | None) -> tuple[bool, str]:
    """Whether one requirement holds, and the line that says so. Decimals compare as written: 0.1 + 0.2 is 0.3."""
    name, comparison, bound, is_relative, bound_as_written = requirement
    if name not in metrics:
        return False, f'{name} is not among the metrics, which are: {", ".join(metrics) or "none"}'
    value = metrics[name]
    if not isinstance(value, Decimal):
        return False, f'{name} is {KINDS[type(value)]}, not a number'
    if not math.isfinite(value):
        return False, f'{name} is {value}, not a finite number'
    words = f'{comparison} {bound_as_written}'
    if is_relative:
        base = (served or {}).get(name)
        if not isinstance(base, Decimal) or not math.isfinite(base):
            reason = 'no model is served yet' if served is None else f'the served model has no {name}'
            return True, f'{name} {value:.6g} passes {words}: {reason}'
        bound += base
        words += f' ({float(bound):.6g})'
    if COMPARISONS[comparison](value, bound):
        return True, f'{name} {float(value):.6g} meets {words}'
    distance = f'{DISTANCES[comparison]} {float(abs(value - bound)):.6g}' if value != bound else 'being equal'
    return False, f'{name} {float(value):.6g} misses {words}, {distance}'


def read_metrics(path: Path) -> dict[str, Any]:
    """Reads a flat JSON object, its numbers as decimals (NaN and Infinity too: `judge` has words for them)."""
    try:
        metrics = json.loads(path.read_bytes(), parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal, object_pairs_hook=without_duplicates)
    except FileNotFoundError:
        raise Failure(f'there is no metrics file {path}: the command must write one to $METRICS_FILE') from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Failure(f'the metrics file {path} is not valid JSON: {error}') from None
    if not isinstance(metrics, dict):
        raise Failure(f'the metrics file {path} must be a flat object of numbers, and is {KINDS[type(metrics)]}')
    nested = [f'{name} is {KINDS[type(value)]}' for name, value in metrics.items() if isinstance(value, (dict, list))]
    if nested:
        raise Failure(f'the metrics file {path} must be a flat object of numbers, and {", ".join(nested)}')
    return metrics


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuses an object that gives a name twice, of which JSON readers keep the last in silence."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise Failure(f'the metrics file gives {name} more than once')
    return dict(pairs)


def read_served_metrics(store: Path) -> dict[str, Any] | None:
    """The metrics of the model in service, empty where nothing usable was measured; None without such a model."""
    try:
        return read_metrics(store / 'current' / 'metrics.json') if is_served(store) else None
    except Failure:
        return {}


# The store

def open_store(store: Path) -> None:
    """Checks before a long run that all of the store can be written, and undoes a promotion that was killed halfway."""
    store.mkdir(parents=True, exist_ok=True)
    for folder in (store, store / 'candidate', store / 'releases', store / 'metrics'):
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise Failure(f'cannot write {folder}: it belongs to {owner_and_user(folder)}, or remove the volume: docker compose down -v')
    for unfinished in (store / 'releases').glob('*.tmp'):
        candidate, model = store / 'candidate', unfinished / 'model'
        if model.is_dir() and not candidate.exists():
            remove_file(candidate)
            model.rename(candidate)
        shutil.rmtree(unfinished)


def forget_completed(store: Path, role: str, after: list[str], is_fresh: bool) -> None:
    """Checks that the earlier roles have completed; then this one, and on a fresh candidate every role, has not."""
    completed = read_completed(store)
    missing = [earlier for earlier in after if earlier not in completed]
    if missing:
        raise Failure(*(f'{earlier} has not completed on this candidate; run it first: docker compose up {earlier}' for earlier in missing))
    write_completed(store, [] if is_fresh else [other for other in completed if other != role])


def open_candidate(candidate: Path, is_fresh: bool) -> None:
    """Makes sure that the candidate is a folder, an empty one when fresh; a promoted model behind its link is left alone."""
    if candidate.is_symlink() and (is_fresh or not candidate.exists()):
        candidate.unlink()
    elif is_fresh and candidate.exists():
        shutil.rmtree(candidate)
    candidate.mkdir(exist_ok=True)


def promote(store: Path, metrics: bytes) -> str:
    """Makes the candidate a release and `current` a link to it; returns the line to print. A kill between any two
    steps leaves `current` at a whole release: the new one exists under its own name only when it is complete."""
    candidate, current = store / 'candidate', store / 'current'
    served = current.resolve()
    release = find_release(store) if candidate.is_symlink() else make_release(store, metrics)
    if release == served:
        write_atomically(release / 'metrics.json', metrics)
        return f'release {release.name} is in service already; its metrics are renewed'
    write_atomically(release / 'metrics.json', metrics)
    link_atomically(current, f'releases/{release.name}')
    for other in numbered_releases(store):
        if other not in (release, served):
            shutil.rmtree(other, ignore_errors=True)
    return f'promoted as release {release.name}'
