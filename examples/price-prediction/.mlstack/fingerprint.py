# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:d7301f3af4ba6939
"""What a run of a job depends on, as digests: two runs with the same digests would do the same.

`take_inputs` gives a mapping from the kinds of things that count (`KINDS_OF_INPUTS`) to a digest, or to a digest for each
name. It is compared with what was kept of the job's last run, and its differences can be told to a person.
"""
from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

# Each kind, and how one of its things is called; without a name of its own where there is only one.
KINDS_OF_INPUTS = {
    'code': 'the code',
    'image': 'the packages of the image',
    'command': 'the command',
    'processes': 'the number of processes',
    'gate': 'the gate',
    'environment': 'the variable {}',
    'params': 'the parameter {}',
    'datasets': 'the dataset {}',
    'written_datasets': 'the dataset {}',
    'model_source': 'the model source',
    'jobs': 'what {} depends on',
    'runs': 'the model that {} made',
    'served': 'the model in service',
}

CODE_FOLDERS = ('/app', '/opt/code')  # but for what a config or a Dockerfile puts elsewhere
FETCHED = '.mlstack-fetch.json'  # names the digest of what was fetched into the folder
LARGEST_CONTENT = 1 << 30  # bytes of a dataset that are read; of a larger one names, sizes and times count
BLOCK = 1 << 20

# Variables that differ from start to start or from machine to machine, and have no part in what a job computes.
UNSTABLE_VARIABLES = re.compile(
    r'_|PWD|OLDPWD|SHLVL|HOSTNAME|HOME|TERM|COLUMNS|LINES|NO_COLOR|RESUME|CHECKPOINT_DIR|MLSTACK_\w*|NVIDIA_VISIBLE_DEVICES'
    r'|(?i:https?_proxy|ftp_proxy|all_proxy|no_proxy)|LOKY_MAX_CPU_COUNT|(?:MKL|OMP|OPENBLAS)_NUM_THREADS'
    r'|PARAMS_FILE|PARAM_\w+'  # they count as parameters
)

NODE_VARIABLES = ('MASTER_ADDR', 'MASTER_PORT', 'NNODES', 'NODE_RANK', 'TF_CONFIG')  # of several nodes, where they count as processes

Inputs = Dict[str, Any]


def digest(*parts: Any) -> str:
    """A digest of values that JSON can tell."""
    return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=16).hexdigest()


def find_differences(before: Inputs, after: Inputs) -> List[str]:
    """Names what is new, gone or another thing, as a person would call it."""
    words = []
    for kind, name in KINDS_OF_INPUTS.items():
        old, new = before.get(kind), after.get(kind)
        if old == new:
            continue
        if isinstance(old, dict) or isinstance(new, dict):
            old, new = old or {}, new or {}
            words += [name.format(key) for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
        else:
            words.append(name)
    return words


# Code


def list_code(places: Sequence[str], excluded: Sequence[str], memory: Optional[Path]) -> List[str]:
    """The files that are code. A container that is started again holds what its earlier runs have written among them, so
    the names are remembered in it: only what was there at its first start is code. What is mounted is looked at anew."""
    found, mounts = walk_code(places, excluded), find_mounts()
    mounted = [name for name in found if any(is_within(name, mount) for mount in mounts)]
    own = remember(sorted({*found} - {*mounted}), memory)
    return sorted({*own, *mounted})


def remember(names: List[str], memory: Optional[Path]) -> List[str]:
    """The names that are remembered, or these from now on."""
    if memory is None:
        return names
    try:
        return json.loads(memory.read_bytes())
    except (OSError, ValueError):
        pass
    try:
        memory.write_text(json.dumps(names))
    except OSError:
        pass
    return names


def walk_code(places: Sequence[str], excluded: Sequence[str]) -> List[str]:
    """The files and all files below the folders, without what Python makes of them and without the places that are excluded."""
    left_out = {os.path.normpath(path) for path in excluded}
    names = [place for place in places if os.path.isfile(place)]
    for folder in places:
        for parent, inner, files in os.walk(folder):
            inner[:] = [name for name in inner if name != '__pycache__' and os.path.join(parent, name) not in left_out]
            links = [name for name in inner if os.path.islink(os.path.join(parent, name))]
            paths = [os.path.join(parent, name) for name in [*files, *links] if not name.endswith(('.pyc', '.pyo'))]
            names += [path for path in paths if path not in left_out]
    return sorted(set(names))


def find_mounts() -> List[str]:
    """Where something is mounted over the container's own file system."""
    try:
        lines = Path('/proc/self/mountinfo').read_text().splitlines()
    except OSError:
        return ['/']
    places = {re.sub(r'\\([0-7]{3})', lambda octal: chr(int(octal[1], 8)), line.split()[4]) for line in lines}
    return sorted(places - {'/'})


def is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip('/') + '/')


def digest_code(names: Iterable[str]) -> str:
    total = hashlib.blake2b(digest_size=16)
    for name in names:
        total.update(f'{name}\0{digest_file(name)}\n'.encode('utf-8', 'surrogateescape'))
    return total.hexdigest()


def digest_file(path: str) -> str:
    """Of the content and whether it may be executed, of where a link to a folder or to nothing leads, or of why it cannot be read."""
    try:
        if os.path.islink(path) and not os.path.isfile(path):
            return f'link {os.readlink(path)}'
        content = hashlib.blake2b(digest_size=16)
        with open(path, 'rb', buffering=0) as file:
            is_executable = os.fstat(file.fileno()).st_mode & 0o100
            for block in iter(lambda: file.read(BLOCK), b''):
                content.update(block)
        return f'{content.hexdigest()} {is_executable}'
    except OSError as error:
        return f'error {error.errno}'


# The image


def digest_image(steps: Optional[str]) -> str:
    """Python, its packages, those of Debian, and the steps of the user's that the image was built with."""
    packages = sorted(describe_package(folder) for entry in sys.path for folder in find_packages(entry))
    return digest(sys.version, packages, digest_file('/var/lib/dpkg/status'), steps)


def find_packages(entry: str) -> Iterator[Path]:
    try:
        yield from Path(entry).glob('*.dist-info')
    except OSError:
        return


def describe_package(folder: Path) -> str:
    """Name and version, and the commit or file that it comes from where that is no index."""
    origin = folder / 'direct_url.json'
    return f'{folder.name} {digest_file(str(origin))}' if origin.exists() else folder.name


# Variables and parameters


def digest_environment(secrets: Sequence[str]) -> Dict[str, str]:
    """Of each variable that counts; the value of a secret does not, so that another token is no change."""
    return {name: digest(value) for name, value in os.environ.items() if name not in secrets and not UNSTABLE_VARIABLES.fullmatch(name)}


def digest_params(path: Optional[str]) -> Dict[str, str]:
    """Of each parameter, those within others by their path; numbers as they are written."""
    if not path:
        return {}
    try:
        params = json.loads(Path(path).read_bytes(), parse_float=str, parse_int=int)
    except (OSError, ValueError):
        return {'': 'unreadable'}
    return dict(flatten(params, ''))


def flatten(value: Any, path: str) -> Iterator[Tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from flatten(inner, f'{path}.{key}' if path else key)
    else:
        yield path, digest(value)


# Datasets


def find_datasets() -> Dict[str, str]:
    """The datasets that are mounted here, by their variables without what these begin with."""
    prefix = 'DATASET_'
    return {name[len(prefix):]: path for name, path in os.environ.items() if name.startswith(prefix) and os.path.isabs(path) and os.path.exists(path)}


def is_writable(path: str) -> bool:
    """Whether it is mounted so that a job may change it."""
    try:
        return not os.statvfs(path).f_flag & os.ST_RDONLY
    except OSError:
        return False


def digest_dataset(path: str, check: str) -> str:
    """By `check`: of names and contents, of names, sizes and times, or of nothing. What was fetched has a digest already."""
    if check == 'none':
        return 'not looked at'
    fetched = read_fetched(path)
    if fetched is not None:
        return f'fetched {fetched}'
    files = [(name, *describe_status(name)) for name in walk_files(path)]
    if check == 'content' and sum(size for _, size, _ in files) <= LARGEST_CONTENT:
        return digest_code(name for name, _, _ in files)
    return digest(files)


def read_fetched(path: str) -> Optional[str]:
    try:
        return str(json.loads(Path(path, FETCHED).read_bytes())['digest'])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def walk_files(path: str) -> List[str]:
    """The file, or all files and links below the folder."""
    if not os.path.isdir(path):
        return [path]
    found = []
    for parent, inner, files in os.walk(path):
        links = [name for name in inner if os.path.islink(os.path.join(parent, name))]
        found += [os.path.join(parent, name) for name in [*files, *links]]
    return sorted(found)


def describe_status(path: str) -> Tuple[int, int]:
    """Size and time of change; of what a link leads to where there is something."""
    try:
        status = os.stat(path) if os.path.exists(path) else os.lstat(path)
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def digest_model_source() -> Optional[str]:
    """Of the model that is started from; None without one."""
    path = os.environ.get('BASE_MODEL_DIR', '')
    return digest_dataset(path, 'content') if os.path.isabs(path) and os.path.exists(path) else None


def digest_datasets(checks: Mapping[str, str], written: bool) -> Dict[str, str]:
    """Of those that a job may write to, or of the others."""
    found = sorted(find_datasets().items())
    return {name: digest_dataset(path, checks.get(name, 'content')) for name, path in found if is_writable(path) == written}
