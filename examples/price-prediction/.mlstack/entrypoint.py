# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:74557e06f2c20a92
"""Runs the command of one role in its container, and lets a model into service only when every job has succeeded.

    python entrypoint.py ROLE [options] -- COMMAND ARGUMENT...

A job does not run where nothing that it depends on has changed since its last run, and that run succeeded. A job that
makes the model works on a candidate. The last one promotes it: the candidate becomes a numbered release, and the link
`current`, which `serve` reads through, moves to it by one atomic rename. Whatever fails or is killed before that
rename leaves the served model as it was, and the next run starts from a sound store:

    candidate/                       $MODEL_DIR of the jobs; once promoted, a link to the model in its release
    state.json                       the jobs that have completed on this candidate, each with the name of that run
    jobs/train.json                  the last run of a job: its name, what it depended on, and whether it succeeded
    checkpoints/train/               $CHECKPOINT_DIR of a job, emptied when it begins something else
    metrics/metrics.json             $METRICS_FILE, or a copy of it where the user chose another place
    releases/0001/model/             a promoted model; the one before it is kept for a server that still reads it
    releases/0001/metrics.json       what was measured of it
    releases/0001/versions/          with --versions, links for a server that takes numbered versions: versions.py tells which
    current -> releases/0001         the release in service

A service has `--reload`: its command is started anew on each release that comes into service while it runs. Where a person
edits the code it has `--watch`: SIGUSR1 says that the code has changed, on which the command is started anew as well, and a
command that has ended is waited for to be mended. A role with no option but `--export` has no part in any of that: its
command takes the place of this process.

With `--processes` or `--node` a job's command runs as several processes: nodes.py tells how. The first node decides whether
the job runs, and records and promotes; the others have no part in that.
"""
from __future__ import annotations

import argparse
import contextlib
import fcntl
import grp
import json
import operator
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Iterator, NoReturn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # which isolated Python leaves out

import fingerprint

COMPARISONS = {'>=': operator.ge, '>': operator.gt, '<=': operator.le, '<': operator.lt, '==': operator.eq, '!=': operator.ne}
KINDS = {bool: 'a boolean', str: 'a string', type(None): 'null', list: 'a list', dict: 'an object', Decimal: 'a number'}
NUMBER = r'(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?'
REQUIREMENT = re.compile(rf'(.+?)\s*([<>]=?|[=!]=)\s*(served(?:\s*[-+]\s*{NUMBER})?|[-+]?{NUMBER})', re.ASCII)
SECONDS_BETWEEN_LOOKS = 1  # for a new release
SECONDS_OF_SILENCE = 5  # in which a job looks at what it depends on
USER_NAME, HOME_FOLDER = 'mlstack', '/home/mlstack'  # as in the images of mlstack
RERUN_VARIABLE = 'MLSTACK_RERUN'
RERUNS = ('changed', 'always', 'never')
CURE = 'MLSTACK_UID="$(id -u)" MLSTACK_GID="$(id -g)" in the shell or .env'
CHECKS = ('content', 'stat', 'none')
MADE_FOLDER = Path('/run/mlstack')  # where the .mlstack of the machine is mounted
SECONDS_TO_END = 10  # which is what Docker grants as well
ENDS = {0: 'ended', 130: 'was interrupted', 137: 'was killed, as it is when memory runs out', 143: 'was told to stop'}


class Failure(Exception):
    """An end that is foreseen: the lines to print, and the exit status."""

    def __init__(self, *lines: str, status: int = 1):
        super().__init__(*lines)
        self.lines, self.status = lines, status


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Reads the options up to the first `--`, and the command after it as it stands."""
    parser = argparse.ArgumentParser(prog='entrypoint.py', usage='%(prog)s ROLE [options] -- COMMAND ARGUMENT...', allow_abbrev=False)
    parser.add_argument('role', metavar='ROLE')
    parser.add_argument('--job', action='store_true', help='this is a job that has no part in making the model')
    parser.add_argument('--fresh', action='store_true', help='start from an empty candidate: this is the first job')
    parser.add_argument('--from', dest='origin', type=Path, metavar='PATH', help='a model that the empty candidate is filled with a copy of')
    parser.add_argument('--after', action='append', default=[], metavar='ROLE', help='a role that must have completed on this candidate')
    parser.add_argument('--promote', action='store_true', help='promote the candidate on success: this is the last job')
    parser.add_argument('--versions', metavar='NAME', help='lay links in each release for a server that takes numbered versions of NAME')
    parser.add_argument('--holds', action='append', default=[], metavar='FILE[,FILE]', help='what such a server takes: all files of one of these sets')
    parser.add_argument('--metrics', type=Path, metavar='PATH', help='the file that the command writes its metrics to')
    parser.add_argument('--require', action='append', default=[], type=parse_requirement, metavar='"accuracy >= 0.95"')
    parser.add_argument('--export', action='append', default=[], metavar='NAME', help='a secret to export as a variable')
    parser.add_argument('--reload', action='store_true', help='start the command anew on each release: this is a service')
    parser.add_argument('--watch', action='store_true', help='start the command anew on SIGUSR1, and outlast its end: a person edits the code')
    parser.add_argument('--rerun', choices=RERUNS, default='changed', help='when a job runs again that has succeeded')
    parser.add_argument('--needs', action='append', default=[], metavar='JOB', help='another job that is waited for: what it depends on counts')
    parser.add_argument('--served', action='store_true', help='the model in service counts: this job comes after its promotion')
    parser.add_argument('--check', action='append', default=[], type=parse_check, metavar='DATASET=HOW', help=f'how a dataset counts: {", ".join(CHECKS)}')
    parser.add_argument('--steps', metavar='DIGEST', help="the user's own steps in the build of the image")
    parser.add_argument('--as', dest='user', metavar='USER[:GROUP]', help='whom to become first, where this is root: the image is not one of mlstack')
    parser.add_argument('--give', action='append', default=[], metavar='FOLDER', help='what that user is to own')
    parser.add_argument('--output', action='append', default=[], metavar='PATH', help='a place that outlives the container')
    parser.add_argument('--code', action='append', default=[], metavar='PATH', help='where code is besides the usual folders and the working folder')
    parser.add_argument('--processes', metavar='N|gpu', help='how many processes of the command torchrun starts here')
    parser.add_argument('--node', type=parse_node, metavar='NUMBER/COUNT', help='which of the nodes of the job this is, counted from 0')
    parser.add_argument('--meet', metavar='HOST:PORT', help='where the helpers of the other nodes find that of the first one')
    parser.add_argument('--store', type=Path, default=Path('/model'), metavar='PATH', help='where candidate and releases live')
    end = arguments.index('--') if '--' in arguments else len(arguments)
    options = parser.parse_args(arguments[:end])
    options.command, options.first = arguments[end + 1:], None
    if not options.command:
        parser.error('there is no command after --')
    return options


def parse_requirement(text: str) -> tuple[str, ...]:
    """Splits `accuracy >= 0.95` or `accuracy >= served - 0.005` into metric, comparison and bound."""
    match = REQUIREMENT.fullmatch(text.strip())
    if not match:
        raise argparse.ArgumentTypeError(f'{text!r} is not a comparison such as "accuracy >= 0.95"')
    return match.groups()


def parse_check(text: str) -> tuple[str, str]:
    name, _, how = text.rpartition('=')
    if how not in CHECKS:
        raise argparse.ArgumentTypeError(f'{text!r} is not a dataset and one of {", ".join(CHECKS)}')
    return name, how


def parse_node(text: str) -> tuple[int, int]:
    number, _, count = text.partition('/')
    return int(number), int(count)


def main(arguments: list[str]) -> int:
    """Runs the role and returns its exit status; all that is said goes to standard error."""
    options = parse_arguments(arguments)
    if options.watch:
        signal.signal(signal.SIGUSR1, lambda *_: None)  # until the command is started, which is then on what has changed
    try:
        if options.user and os.getuid() == 0:
            become_user(options.user, options.give)
        export_secrets(options.export, options.role)
        check_outputs(options.output)
        if options.node:
            return run_node(options)
        if options.job or works_on_candidate(options):
            return run_job(options)
        if (options.reload or options.watch) and not os.isatty(0):  # at a terminal there is a person, who wants the command itself
            return run_service(options)
        become_command(options.command)
    except Failure as failure:
        say(options.role, *failure.lines)
        return failure.status
    except OSError as error:
        say(options.role, f'{error.filename}: {error.strerror}' if error.filename else str(error))
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def become_user(text: str, folders: list[str]) -> None:
    """Makes what images of mlstack have and others have not: folders that the user may write, a name and a home. Root is over then."""
    user, _, group = text.partition(':')
    try:
        uid = int(user) if user.isdecimal() else pwd.getpwnam(user).pw_uid
        gid = find_group(group or user, uid)
    except KeyError as error:
        raise Failure(f'there is no user {text} in the image: {error.args[0]}') from None
    entry = find_entry(uid) or make_entry(uid, gid)
    for folder in [*folders, entry.pw_dir]:
        if os.path.isdir(folder) and os.stat(folder).st_uid == 0 and os.path.realpath(folder) != '/':
            with contextlib.suppress(OSError):  # of a file system that is closed to writing, nothing is to be handed over
                os.chown(folder, uid, gid)
    os.setgroups([number for number in os.getgroups() if number != 0])
    os.setgid(gid)
    os.setuid(uid)
    os.environ.update(HOME=entry.pw_dir, USER=entry.pw_name)


def find_group(name: str, uid: int) -> int:
    """The number of a group; a user without one is of the user's own group, or of that with the same number."""
    if name.isdecimal():
        return int(name)
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return pwd.getpwuid(uid).pw_gid


def find_entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def make_entry(uid: int, gid: int) -> pwd.struct_passwd:
    """Gives the user a name and a home; where the file system is closed, the home alone, if it is mounted."""
    entry = pwd.struct_passwd((USER_NAME, 'x', uid, gid, '', HOME_FOLDER, '/bin/sh'))
    with contextlib.suppress(OSError):
        os.makedirs(HOME_FOLDER, exist_ok=True)
        with open('/etc/passwd', 'a', encoding='utf-8') as file:
            file.write(':'.join(map(str, entry)) + '\n')
    return entry


def works_on_candidate(options: argparse.Namespace) -> bool:
    return bool(options.fresh or options.after or options.promote or options.metrics or options.require)


# Jobs


def run_node(options: argparse.Namespace) -> int:
    """Runs the job together with other nodes: as the first one, which the others listen to, or as one of those."""
    import nodes  # which only images of such jobs have
    number, role = options.node[0], options.role
    if number == 0:
        with contextlib.closing(nodes.First(role, options.node, options.meet, describe_end)) as options.first:
            return run_job(options)
    command = nodes.launch(options.command, options.processes, options.node)
    status, lines = nodes.follow(role, options.node, options.meet, Child(is_apart=True), command, describe_end)
    say(role, *lines)
    return status


def run_job(options: argparse.Namespace) -> int:
    """Runs the command of a job, unless its last run stands for this one. Only one job at a time works on the candidate."""
    store, role = options.store, options.role
    open_store(store)
    with lock(store / 'jobs' / f'{"candidate" if works_on_candidate(options) else role}.lock', role):
        inputs, last = take_inputs(options), read_record(store, role)
        stands = may_stand(last, inputs, options)
        if stands:
            if options.versions and find_served(store):
                open_versions(options).lay((store / 'current').resolve(), None)
            say(role, f'skipped: {stands}; to run it all the same: {RERUN_VARIABLE}=always docker compose up')
            if options.first:
                options.first.dismiss()
            return 0
        changes = fingerprint.find_differences(last['inputs'], inputs) if last.get('succeeded') else []
        is_resumed = resumes(last, inputs)
        if is_resumed:
            announce(f'{role} runs again: its last run did not finish, so RESUME=1 is set')
        elif changes:
            announce(f'{role} runs again: changed since its last run: {", ".join(changes)}')
        run = {'run': f'{time.strftime("%Y%m%d-%H%M%S", time.gmtime())}-{os.urandom(2).hex()}', 'inputs': inputs}
        write_record(store, role, run)
        open_checkpoints(store, role, is_resumed)
        perform = perform_on_candidate if works_on_candidate(options) else perform_alone
        perform(options, run)
        run['inputs'] = {**inputs, **written_datasets(options)}
        write_record(store, role, {**run, 'succeeded': True, 'outputs': [path for path in options.output if is_filled(path) and path != os.environ['CHECKPOINT_DIR']]})
    return 0


def perform_alone(options: argparse.Namespace, run: dict[str, Any]) -> None:
    """Runs the command of a job that has no part in making the model."""
    run_command(options)


def perform_on_candidate(options: argparse.Namespace, run: dict[str, Any]) -> None:
    """Runs the command on the candidate; on success applies the gate, promotes, and records that the role completed."""
    store, role = options.store, options.role
    kept_metrics = store / 'metrics' / 'metrics.json'
    metrics_file = (options.metrics or kept_metrics).absolute()
    open_candidate(store, options)
    for path in (metrics_file, kept_metrics):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)

    try:
        run_command(options)
        write_record(store, role, {**run, 'finished': True})
        if metrics_file != kept_metrics and metrics_file.is_file():
            write_atomically(kept_metrics, metrics_file.read_bytes())
        if options.require:
            say(role, *apply_gate(options.require, metrics_file, store))
        if options.promote:
            say(role, promote(store, options))
    except Failure as failure:
        raise Failure(*failure.lines, describe_served(store), status=failure.status) from None
    write_completed(store, {**read_completed(store), role: run['run']})


@contextlib.contextmanager
def lock(path: Path, role: str) -> Iterator[None]:
    """Keeps others out that would do the same at the same time; they wait. A lock ends with its process, however that ends."""
    path.parent.mkdir(exist_ok=True)
    with open(path, 'w') as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            announce(f'{role} waits for another container, which works on the same')
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        yield


def may_stand(last: dict[str, Any], inputs: fingerprint.Inputs, options: argparse.Namespace) -> str | None:
    """Why the last run stands for this one, or None: it succeeded, it depended on the same, and what it made is there."""
    rerun = os.environ.get(RERUN_VARIABLE) or options.rerun
    if rerun not in RERUNS:
        raise Failure(f'{RERUN_VARIABLE} is {rerun!r}: write {RERUN_VARIABLE}=always, or leave it out', status=2)
    if rerun == 'always' or not last.get('succeeded'):
        return None
    if works_on_candidate(options) and read_completed(options.store).get(options.role) != last['run']:
        return None
    if not all(is_filled(path) for path in last.get('outputs', []) if path in options.output):
        return None
    if rerun == 'never':
        return f'run {last["run"]} succeeded, and `rerun: never` lets it run but once'
    return f'nothing has changed since run {last["run"]}, which succeeded' if last['inputs'] == inputs else None


def resumes(last: dict[str, Any], inputs: fingerprint.Inputs) -> bool:
    """Whether the last run was about to do the same and did not finish; what it has written itself is no difference."""
    if not last or last.get('finished') or last.get('succeeded'):
        return False
    return {**last['inputs'], 'written_datasets': None} == {**inputs, 'written_datasets': None}


def take_inputs(options: argparse.Namespace) -> fingerprint.Inputs:
    """All that the job depends on. Says so where looking at it takes long."""
    store = options.store
    datasets = fingerprint.find_datasets()
    notice = threading.Timer(SECONDS_OF_SILENCE, say, [options.role, 'looks whether its code and data have changed (`check: stat` on a dataset is faster)'])
    notice.daemon = True
    notice.start()
    try:
        folders = [*fingerprint.CODE_FOLDERS, *options.code, *(folder for folder in [os.getcwd()] if folder != '/')]
        excluded = [*options.output, *datasets.values(), str(store), *([str(options.metrics)] if options.metrics else [])]
        code = fingerprint.list_code(folders, excluded, Path(tempfile.gettempdir(), 'mlstack-code.json'))
        inputs = {
            'code': fingerprint.digest_code(code),
            'image': fingerprint.digest_image(options.steps),
            'command': fingerprint.digest(options.command),
            'environment': fingerprint.digest_environment([*options.export, *(fingerprint.NODE_VARIABLES if options.node else [])]),
            'params': fingerprint.digest_params(os.environ.get('PARAMS_FILE')),
            'datasets': fingerprint.digest_datasets(dict(options.check), written=False),
            'model_source': fingerprint.digest_model_source(),
            'jobs': {job: fingerprint.digest(read_record(store, job).get('inputs')) for job in options.needs},
            **written_datasets(options),
        }
        if options.node or options.processes:
            inputs['processes'] = fingerprint.digest(options.node and options.node[1], options.processes)
    finally:
        notice.cancel()
    if works_on_candidate(options):
        completed = read_completed(store)
        inputs['runs'] = {role: completed.get(role) for role in options.after}
        inputs['gate'] = fingerprint.digest(options.require, str(options.metrics), options.promote)
    if options.served:
        inputs['served'] = find_served(store)
    return inputs


def written_datasets(options: argparse.Namespace) -> fingerprint.Inputs:
    """Of those that the job may write to, as they are now: what a run leaves is what the next one finds."""
    return {'written_datasets': fingerprint.digest_datasets(dict(options.check), written=True)}


def open_checkpoints(store: Path, role: str, is_resumed: bool) -> None:
    """Sets $RESUME where the last run is gone on with; else a folder of ours is emptied, and one of the user's is not."""
    folder = Path(os.environ.setdefault('CHECKPOINT_DIR', str(store / 'checkpoints' / role)))
    os.environ.pop('RESUME', None)
    if is_resumed:
        os.environ['RESUME'] = '1'
    elif folder.parent == store / 'checkpoints' and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def check_outputs(paths: list[str]) -> None:
    """Checks that what is to be kept can be written before a long run, not after it."""
    for path in map(Path, paths):
        try:
            tempfile.TemporaryFile(dir=path).close()
        except OSError as error:
            raise Failure(f'cannot write the output {path}: {error.strerror}; {describe_owner(path)}') from None


def is_filled(path: str) -> bool:
    """Whether there is anything in a folder."""
    try:
        return any(os.scandir(path))
    except OSError:
        return False


def read_record(store: Path, role: str) -> dict[str, Any]:
    """What is known of the last run of a job; empty where it never ran."""
    try:
        record = json.loads((store / 'jobs' / f'{role}.json').read_bytes())
        return record if isinstance(record['inputs'], dict) and isinstance(record['run'], str) else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def write_record(store: Path, role: str, record: dict[str, Any]) -> None:
    write_atomically(store / 'jobs' / f'{role}.json', json.dumps(record).encode() + b'\n')


def run_command(options: argparse.Namespace) -> None:
    """Runs the command of a job; fails with its status, 128 + N where signal N ended it. A command that was told to stop and
    then ends with 0 has not finished its work, so that is 128 + N as well."""
    child, command = Child(is_apart=options.first is not None), options.command
    if options.node or options.processes:
        import nodes
        command = nodes.launch(command, options.processes, options.node)
    if options.first:
        status, lines = options.first.run(child, command)
    else:
        child.start(command)
        status = child.wait() or (128 + child.received[0] if child.received else 0)
        lines = [describe_end(status)]
    if status:
        raise Failure(*lines, status=status)


def describe_end(status: int) -> str:
    return f'the command {ENDS.get(status, "failed")} (status {status})'


def run_service(options: argparse.Namespace) -> int:
    """Runs the command of a service, anew on each release that comes into service; returns its status where it ends otherwise.
    With `--watch` it runs anew on changed code as well, also after it has ended by itself, and only a signal ends that."""
    child = Child(is_apart=True)
    signal.signal(signal.SIGCHLD, child.note)
    if options.watch:
        signal.signal(signal.SIGUSR1, child.note)
    while True:
        served = find_served(options.store)
        try:
            child.start(options.command)
            news = wait_for_news(child, options.store, served)
            if child.received or not (news or options.watch):
                return child.wait()
            end = describe_end(child.end())
        except Failure as failure:
            if not options.watch:
                raise
            news, end = None, *failure.lines
        if news is None:
            say(options.role, f'{end}; waits for changed code')
            news = wait_for_news(child, options.store, served)
        if child.received:
            return 128 + child.received[0]
        say(options.role, f'starts anew on {news}')


def wait_for_news(child: Child, store: Path, served: str | None) -> str | None:
    """What the command is to be started anew on; None once it has ended by itself or is told to."""
    while True:
        release = find_served(store)
        if release not in (served, None):
            return f'release {release}'
        if child.received or child.has_ended():
            return None
        if child.take_signal(SECONDS_BETWEEN_LOOKS) == signal.SIGUSR1:
            return 'changed code'


class Child:
    """A command that gets the signals meant for this process."""

    def __init__(self, is_apart: bool = False):
        """`is_apart`: in a session of its own, so that all that the command started can be ended with it."""
        self.is_apart = is_apart
        self.process: subprocess.Popen[bytes] | None = None
        self.received: list[int] = []
        self.noted: SimpleQueue[int] = SimpleQueue()  # the one queue that a handler may put into while it is in use
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, self.forward)

    def start(self, command: list[str]) -> None:
        """What was noted before is over with the new start."""
        self.noted = SimpleQueue()
        try:
            self.process = subprocess.Popen(command, start_new_session=self.is_apart)
        except OSError as error:
            raise cannot_run(command, error) from None
        for number in tuple(self.received):  # those that came before there was a process
            self.process.send_signal(number)

    def forward(self, number: int, _frame: Any) -> None:
        self.received.append(number)
        self.note(number, _frame)
        if self.process and (number != signal.SIGINT or not os.isatty(0)):  # a terminal's Ctrl-C has reached the child already
            self.process.send_signal(number)

    def note(self, number: int, _frame: Any) -> None:
        """Wakes up `take_signal`."""
        self.noted.put(number)

    def take_signal(self, seconds: float) -> int | None:
        """The next signal, or None if there is none for a while."""
        try:
            return self.noted.get(timeout=seconds)
        except Empty:
            return None

    def has_ended(self) -> bool:
        """Whether the command has ended by itself since it was started."""
        return self.process is not None and self.process.poll() is not None

    def wait(self) -> int:
        """The status as a shell gives it: 128 + N where signal N ended the command."""
        status = self.process.wait()
        return 128 - status if status < 0 else status

    def end(self) -> int:
        """Asks the command and all that it started to end, and after a while makes them; returns the command's status."""
        group, deadline = self.process.pid, time.monotonic() + SECONDS_TO_END
        try:
            os.killpg(group, signal.SIGTERM)
            while time.monotonic() < deadline:
                self.process.poll()  # until it is reaped, a command that has ended counts as one that is there
                os.killpg(group, 0)
                time.sleep(0.002)
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # all have ended; macOS says the latter of what has ended and is not reaped yet
        status = self.wait()
        self.process = None
        return status


def become_command(command: list[str]) -> NoReturn:
    """Replaces this process by the command, which then gets every signal itself."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores these two, and exec would hand that down
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        raise cannot_run(command, error) from None


def cannot_run(command: list[str], error: OSError) -> Failure:
    """Follows the shell: 127 where the command is not found, 126 where it cannot be executed."""
    return Failure(f'cannot run {command[0]}: {error.strerror}', status=127 if isinstance(error, FileNotFoundError) else 126)


def export_secrets(names: list[str], role: str) -> None:
    """Sets each variable from the file of its secret, without the newline that ends it; no value is ever printed."""
    for name in names:
        path = Path(os.environ.get(f'{name}_FILE') or f'/run/secrets/{name}')
        try:
            value = path.read_bytes()
        except FileNotFoundError:
            if path.parent == MADE_FOLDER:
                raise Failure(f'there is no .mlstack/{path.name}: mlstack compile makes it, on each machine anew') from None
            raise Failure(f'secret {name} is missing: there is no file {path}') from None
        except PermissionError:
            raise Failure(f'secret {name} cannot be read from {path}: {describe_owner(path)}') from None
        if b'\0' in value:
            raise Failure(f'secret {name} has a zero byte, so it cannot be a variable: grant it as a file')
        os.environb[os.fsencode(name)] = re.sub(rb'\r?\n\Z', b'', value)
        if path.parent == MADE_FOLDER:
            say(role, f'the token is in .mlstack/{path.name}')


def describe_owner(path: Path) -> str:
    try:
        owner = path.stat().st_uid
    except OSError:
        return f'this is user {os.getuid()}'
    return f'it belongs to user {owner}, and this is user {os.getuid()}; set {CURE}, or change its owner or mode'


def say(role: str, *lines: str) -> None:
    """Tells how the role fares; `mlstack watch` takes the first such line for the reason of a failure."""
    for line in lines:
        announce(f'{role}: {line}')


def announce(line: str) -> None:
    """Prints at once, so that the order among the command's own output is kept."""
    print(f'mlstack: {line}', file=sys.stderr, flush=True)


def apply_gate(requirements: list[tuple[str, ...]], metrics_file: Path, store: Path) -> list[str]:
    """Returns a line for each requirement that holds; fails with a line for each that does not."""
    metrics, served = read_metrics(metrics_file), read_served_metrics(store)
    verdicts = [judge(requirement, metrics, served) for requirement in requirements]
    failures = [line for holds, line in verdicts if not holds]
    if failures:
        raise Failure(*failures)
    return [line for _, line in verdicts]


def judge(requirement: tuple[str, ...], metrics: dict[str, Any], served: dict[str, Any] | None) -> tuple[bool, str]:
    """Whether one requirement holds, and the line that says so. Decimals compare as written: 0.95 - 0.005 is 0.945."""
    name, comparison, bound_as_written = requirement
    fault = find_fault(name, metrics)
    if fault:
        return False, fault
    value, words = metrics[name], f'{comparison} {bound_as_written}'
    bound = Decimal(re.sub(r'served|\s', '', bound_as_written) or 0)
    if bound_as_written.startswith('served'):
        if served is None or find_fault(name, served):
            reason = 'no model is served yet' if served is None else f'the served model has no {name}'
            return True, f'{name} {value} passes {words}: {reason}'
        bound += served[name]
        words += f' ({bound})'
    if COMPARISONS[comparison](value, bound):
        return True, f'{name} {value} meets {words}'
    return False, f'{name} {value} misses {words} by {abs(value - bound):.3g}'


def find_fault(name: str, metrics: dict[str, Any]) -> str | None:
    """Says what keeps a metric from being a finite number at the top of the file."""
    if name not in metrics:
        outer = next((other for other, inner in metrics.items() if isinstance(inner, dict) and name in inner), None)
        if outer is not None:
            return f'{name} is nested in {outer}: the metrics file must be a flat object of numbers'
        return f'{name} is not in the metrics file, which has: {", ".join(metrics) or "nothing"}'
    value = metrics[name]
    if not isinstance(value, Decimal):
        return f'{name} is {KINDS[type(value)]}, not a number'
    return None if value.is_finite() else f'{name} is {value}, not a finite number'


def read_metrics(path: Path) -> dict[str, Any]:
    """Reads a JSON object, its numbers as decimals (NaN and Infinity too: `find_fault` has words for them)."""
    try:
        metrics = json.loads(path.read_bytes(), parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal, object_pairs_hook=refuse_repeats)
    except FileNotFoundError:
        raise Failure(f'the command wrote no metrics file: there is no {path}') from None
    except (ValueError, ArithmeticError) as error:
        raise Failure(f'the metrics file {path} cannot be read as JSON: {error}') from None
    if not isinstance(metrics, dict):
        raise Failure(f'the metrics file {path} must be a flat object of numbers, and is {KINDS[type(metrics)]}')
    return metrics


def refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Makes an object of its pairs, unless it gives a name twice, of which JSON readers keep the last in silence."""
    names = [name for name, _ in pairs]
    repeated = [name for name in names if names.count(name) > 1]
    if repeated:
        raise ValueError(f'it gives {repeated[0]} more than once')
    return dict(pairs)


def read_served_metrics(store: Path) -> dict[str, Any] | None:
    """The metrics of the model in service, empty where nothing usable was measured; None without such a model."""
    try:
        return read_metrics(store / 'current' / 'metrics.json') if find_served(store) else None
    except Failure:
        return {}


def open_store(store: Path) -> None:
    """Checks that all of the store can be written before a long run, not after it."""
    store.mkdir(parents=True, exist_ok=True)
    for folder in (store, store / 'candidate', store / 'releases', store / 'metrics', store / 'jobs', store / 'checkpoints'):
        try:
            if folder.is_dir():
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise Failure(f'cannot write {folder}: {error.strerror}; {describe_owner(folder)}') from None
    (store / 'releases').mkdir(exist_ok=True)


def open_candidate(store: Path, options: argparse.Namespace) -> None:
    """Makes sure that the earlier roles have completed on the candidate, and that it is a folder, an empty one when fresh.
    What is recorded of it is taken back first: a candidate never counts as more than it is."""
    candidate, role, is_fresh = store / 'candidate', options.role, options.fresh
    completed = read_completed(store)
    missing = [earlier for earlier in options.after if earlier not in completed]
    if missing:
        raise Failure(*(f'{earlier} has not completed on this candidate; run it first: docker compose up {earlier}' for earlier in missing))
    write_completed(store, {} if is_fresh else {other: run for other, run in completed.items() if other != role})
    if candidate.is_symlink() and (is_fresh or not candidate.exists()):
        candidate.unlink()
    elif is_fresh and candidate.exists():
        shutil.rmtree(candidate)
    elif candidate.is_symlink() and not options.promote:
        take_back(store)
    candidate.mkdir(exist_ok=True)
    if options.origin:
        fill_candidate(candidate, options.origin)


def fill_candidate(candidate: Path, origin: Path) -> None:
    """Copies a model that exists, without what a fetch has put beside it."""
    shutil.copytree(origin, candidate, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns('.mlstack-fetch*'))
    if not any(candidate.iterdir()):
        raise Failure(f'there is no model in {origin}')


def take_back(store: Path) -> None:
    """Makes the candidate a copy of the release that it has become, since this job may write to it while that is served."""
    candidate, copy = store / 'candidate', store / 'candidate.tmp'
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(candidate.resolve(), copy, symlinks=True)
    candidate.unlink()
    copy.rename(candidate)


def promote(store: Path, options: argparse.Namespace) -> str:
    """Puts the candidate into service as a release; returns the line to print. Removes the releases before the last two."""
    candidate, metrics_file, link = store / 'candidate', store / 'metrics' / 'metrics.json', store / 'current.tmp'
    if not candidate.is_dir() or not any(candidate.iterdir()):
        return f'there is nothing to promote: no model was saved in {candidate} ($MODEL_DIR); {describe_served(store)}'
    metrics = metrics_file.read_bytes() if metrics_file.is_file() else b'{}\n'
    served = find_served(store)
    versions = open_versions(options)
    if versions:
        versions.find_served(candidate)
    if candidate.is_symlink():
        release = candidate.resolve().parent
    else:
        release = store / 'releases' / f'{max(map(int, list_releases(store)), default=0) + 1:04}'
        release.mkdir()
        candidate.rename(release / 'model')
        candidate.symlink_to(f'releases/{release.name}/model')
    write_atomically(release / 'metrics.json', metrics)
    if versions:
        versions.lay(release, served)
    if release.name == served:
        return f'release {served} is in service already; its metrics are renewed'
    link.unlink(missing_ok=True)
    link.symlink_to(f'releases/{release.name}')
    link.replace(store / 'current')
    for name in list_releases(store):
        if name not in (release.name, served):
            shutil.rmtree(store / 'releases' / name, ignore_errors=True)
    return f'release {release.name} is now in service'


def open_versions(options: argparse.Namespace) -> Any:
    """What lays links for a server that takes numbered versions; None for any other server."""
    if options.versions is None:
        return None
    import versions  # which only images of such stacks have
    return versions.Versions(options.versions, options.holds, Failure)


def list_releases(store: Path) -> list[str]:
    return [path.name for path in (store / 'releases').iterdir() if path.name.isdecimal()]


def find_served(store: Path) -> str | None:
    """The name of the release in service."""
    return (store / 'current').resolve().name if (store / 'current' / 'model').is_dir() else None


def describe_served(store: Path) -> str:
    served = find_served(store)
    return f'the served model stays: release {served}' if served else 'no model is served yet'


def read_completed(store: Path) -> dict[str, str]:
    """The roles that have completed on the candidate, each with the name of that run: none where it is gone."""
    try:
        return dict(json.loads((store / 'state.json').read_bytes())['completed']) if (store / 'candidate').is_dir() else {}
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return {}


def write_completed(store: Path, runs: dict[str, str]) -> None:
    write_atomically(store / 'state.json', json.dumps({'completed': runs}).encode() + b'\n')


def write_atomically(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f'{path.name}.tmp')
    unfinished.write_bytes(content)
    unfinished.replace(path)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
