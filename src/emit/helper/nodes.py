"""Runs one command as several processes: those of a node by torchrun, and several nodes, each a container, as one job.

The first node decides for all of them. The helpers of the others connect to its helper and do as they are told, in lines of JSON:

    {"node": 1}         from another node: here I am
    {"skip": true}      from the first one: nothing has to run
    {"run": true}       from the first one, once all are there: run the command, with `"resume": true` where RESUME is to be set
    {"signal": 15}      from either: I was told to stop, so all are to stop and may save how far they have come
    {"ended": 0}        from another node: the status of its command
    {"stop": "why"}     from the first one: the job has failed elsewhere

Nothing of that is kept, so no node can act on what was said in an earlier run, and a connection that closes before its time is
the end of a node, however that came. The job has succeeded when the command of every node has.
"""
from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import select
import shutil
import socket
import struct
import sys
import time
from typing import Any, Callable, Iterator, List, Optional, Tuple

SECONDS_TO_MEET = 60  # from the start of a node to all others being there
SECONDS_BETWEEN_TRIES = 0.2
SECONDS_TO_SETTLE = 1  # in which nodes that fail by one cause tell so
SECONDS_TO_STOP = 20  # more than a command is given to end
SECONDS_TO_SPEAK = 5  # for whoever connects, to say who it is
PATIENCE_OF_TCP = {'TCP_KEEPIDLE': 5, 'TCP_KEEPINTVL': 5, 'TCP_KEEPCNT': 3}  # seconds and tries until a machine counts as gone
PYTHON = re.compile(r'python(?:3(?:\.\d+)?)?')
READ_INTERFACE_ADDRESS = 0x8915  # SIOCGIFADDR of Linux

Node = Tuple[int, int]  # its number, and how many there are
Result = Tuple[int, List[str]]  # a status, and the lines that say why


def launch(command: List[str], processes: Optional[str], node: Optional[Node]) -> List[str]:
    """The command that starts the processes of this node: torchrun's, around what is to run, unless nothing is said of processes."""
    if processes is None:
        return command
    place = ['--standalone']
    if node:
        place = ['--nnodes', str(node[1]), '--node_rank', str(node[0]), '--master_addr', os.environ['MASTER_ADDR'], '--master_port', os.environ['MASTER_PORT']]
    torchrun = ['-m', 'torch.distributed.run', *place, '--nproc_per_node', processes]
    is_script = PYTHON.fullmatch(os.path.basename(command[0])) and len(command) > 1 and (command[1] == '-m' or not command[1].startswith('-'))
    if is_script:
        return [command[0], *torchrun, *command[1:]]
    python = shutil.which('python') or shutil.which('python3') or sys.executable
    return [python, *torchrun, '--no_python', *command]


class Line:
    """A connection between two nodes."""

    def __init__(self, connection: socket.socket):
        self.connection, self.pending, self.is_open = connection, b'', True
        connection.settimeout(SECONDS_TO_SPEAK)
        with contextlib.suppress(OSError, AttributeError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in PATIENCE_OF_TCP.items():
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    def fileno(self) -> int:
        return self.connection.fileno()

    def send(self, **message: Any) -> None:
        """That the other one is gone is noticed by listening."""
        with contextlib.suppress(OSError):
            self.connection.sendall(json.dumps(message).encode() + b'\n')

    def receive(self) -> List[dict[str, Any]]:
        """What has come, once something has; an end of the connection is noted."""
        try:
            data = self.connection.recv(65536)
        except OSError:
            data = b''
        self.is_open = self.is_open and data != b''
        *lines, self.pending = (self.pending + data).split(b'\n')
        try:
            return [dict(json.loads(line)) for line in lines]
        except (ValueError, TypeError):  # it is none of ours that speaks
            self.is_open = False
            return []

    def close(self) -> None:
        self.is_open = False
        self.connection.close()


class First:
    """The first node as the others see it. `describe` puts the status of a command into words."""

    def __init__(self, job: str, node: Node, meet: str, describe: Callable[[int], str]):
        self.job, self.count, self.describe = job, node[1], describe
        self.lines: dict[int, Line] = {}
        self.has_spoken = False
        self.deadline = time.monotonic() + SECONDS_TO_MEET
        host, _, port = meet.rpartition(':')
        self.server = open_server(host, int(port))

    def close(self) -> None:
        """Whoever listens takes this for the end of the job; where it ends early, those that are about to come are let in for that."""
        if not self.has_spoken:
            self.deadline = min(self.deadline, time.monotonic() + SECONDS_TO_SETTLE)
            self.gather()
        for line in [*self.lines.values(), self.server]:
            line.close()

    def dismiss(self) -> None:
        """Tells the others that nothing has to run."""
        self.gather()
        self.broadcast(skip=True)

    def gather(self) -> List[str]:
        """Waits for the others to be there, and gives the names of those that did not come."""
        while True:
            missing = [rank for rank in range(1, self.count) if rank not in self.lines or not self.lines[rank].is_open]
            left = self.deadline - time.monotonic()
            if not missing or not self.accept(max(left, 0)):
                return [self.name(rank) for rank in missing]

    def accept(self, seconds: float) -> bool:
        """Lets the next one in; false if none comes in time."""
        if not select.select([self.server], [], [], seconds)[0]:
            return False
        with contextlib.suppress(OSError):
            line = Line(self.server.accept()[0])
            said = line.receive()
            rank = said[0].get('node') if said else None
            if isinstance(rank, int) and 0 < rank < self.count:
                self.lines[rank] = line
            else:
                line.close()
        return True

    def name(self, rank: int) -> str:
        return f'{self.job}-{rank}' if rank else self.job

    def broadcast(self, **message: Any) -> None:
        self.has_spoken = True
        for line in self.lines.values():
            line.send(**message)

    def run(self, child: Any, command: List[str]) -> Result:
        """Runs the command here and on all others, until all have ended; if one fails, the others are stopped."""
        missing = self.gather()
        if missing:
            lines = [f'its node {name} did not come within {SECONDS_TO_MEET} seconds; start all of them: docker compose up {self.job}' for name in missing]
            self.broadcast(stop=lines[0])
            return 1, lines
        choose_interface(next(iter(self.lines.values())))
        self.broadcast(run=True, resume='RESUME' in os.environ)
        child.start(command)
        ends: dict[int, Optional[int]] = {}
        has_told = False
        while len(ends) < self.count:
            self.look(child, ends)
            if child.received and not has_told:
                has_told = True
                self.broadcast(signal=child.received[0])
            if not child.received and any(status != 0 for status in ends.values()):
                return self.fail(child, ends)
        if child.received:
            status = 128 + child.received[0]
            return status, [self.describe(status)]
        return 0, []

    def look(self, child: Any, ends: dict[int, Optional[int]]) -> None:
        """Notes what the others say for a moment, and how a node has ended: None where it is gone without a word."""
        left = {rank: line for rank, line in self.lines.items() if rank not in ends}
        for rank, line in left.items():
            if not select.select([line], [], [], SECONDS_BETWEEN_TRIES / len(left))[0]:
                continue
            for message in line.receive():
                if 'signal' in message and not child.received:
                    child.forward(message['signal'], None)
                if 'ended' in message:
                    ends[rank] = message['ended']
            if not line.is_open and rank not in ends:
                ends[rank] = 0 if child.received else None
        if not left:
            time.sleep(SECONDS_BETWEEN_TRIES)
        if 0 not in ends and child.has_ended():
            ends[0] = child.wait()

    def fail(self, child: Any, ends: dict[int, Optional[int]]) -> Result:
        """Stops whatever still runs. What is told first is a node that is gone: by that the others fail as well."""
        deadline = time.monotonic() + SECONDS_TO_SETTLE
        while len(ends) < self.count and time.monotonic() < deadline:
            self.look(child, ends)
        failed = sorted(((rank, status) for rank, status in ends.items() if status != 0), key=lambda end: end[1] is not None)
        lines = [self.describe_end(rank, status) for rank, status in failed]
        self.broadcast(stop=lines[0])
        if 0 not in ends:
            ends[0] = child.end()
        deadline = time.monotonic() + SECONDS_TO_STOP
        while len(ends) < self.count and time.monotonic() < deadline:
            self.look(child, ends)
        return failed[0][1] or 1, lines

    def describe_end(self, rank: int, status: Optional[int]) -> str:
        if status is None:
            return f'its node {self.name(rank)} was killed'
        return f'on its node {self.name(rank)}, {self.describe(status)}' if rank else self.describe(status)


def follow(role: str, node: Node, meet: str, child: Any, command: List[str], describe: Callable[[int], str]) -> Result:
    """Does as the first node says, and ends with it."""
    job = role[: -len(f'-{node[0]}')]
    line = find_first(meet)
    if line is None:
        return 1, [f'its first node, {job}, was not there within {SECONDS_TO_MEET} seconds; start all of them: docker compose up {job}']
    line.send(node=node[0])
    told = wait_for_word(line)
    if told is None:
        return 1, [f'its first node, {job}, ended before it began: its log says why']
    if 'stop' in told:
        return 1, [f'{job} failed: {told["stop"]}']
    if 'skip' in told:
        return 0, [f'skipped, with {job}']
    os.environ.pop('RESUME', None)
    if told.get('resume'):
        os.environ['RESUME'] = '1'
    choose_interface(line)
    try:
        child.start(command)
    except Exception as failure:
        line.send(ended=getattr(failure, 'status', 1))
        raise
    return run_along(line, job, child, describe)


def run_along(line: Line, job: str, child: Any, describe: Callable[[int], str]) -> Result:
    """Until the command has ended here, or the job elsewhere."""
    has_told = False
    while not child.has_ended():
        messages = line.receive() if select.select([line], [], [], SECONDS_BETWEEN_TRIES)[0] else []
        for message in messages:
            if 'signal' in message and not child.received:
                has_told = True
                child.forward(message['signal'], None)
            if 'stop' in message:
                line.send(ended=child.end())
                return 1, [f'{job} failed: {message["stop"]}']
        if not line.is_open:
            child.end()
            return 1, [f'its first node, {job}, was killed']
        if child.received and not has_told:
            has_told = True
            line.send(signal=child.received[0])
    status = 128 + child.received[0] if child.received else child.wait()
    line.send(ended=status)
    return status, [describe(status)] if status else []


def find_first(meet: str) -> Optional[Line]:
    """Tries to reach the first node until it is there; None if it does not come."""
    host, _, port = meet.rpartition(':')
    deadline = time.monotonic() + SECONDS_TO_MEET
    while time.monotonic() < deadline:
        try:
            return Line(socket.create_connection((host, int(port)), timeout=2))
        except OSError:  # it has no name yet, or does not listen yet
            time.sleep(SECONDS_BETWEEN_TRIES)
    return None


def wait_for_word(line: Line) -> Optional[dict[str, Any]]:
    """What the first node says, however long it takes to look whether anything has changed; None where it ends instead."""
    while line.is_open:
        select.select([line], [], [])
        for message in line.receive():
            return message
    return None


def open_server(host: str, port: int) -> socket.socket:
    """Listens on the network of the nodes alone, as far as its name tells which one that is."""
    try:
        address = socket.gethostbyname(host)
    except OSError:
        address = ''
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, port))
    server.listen()
    return server


def choose_interface(line: Line) -> None:
    """Sends the libraries' own traffic where the nodes meet: by themselves they take the first interface, or loopback."""
    name = next(find_interfaces(line.connection.getsockname()[0]), None)
    if name:
        os.environ.setdefault('GLOO_SOCKET_IFNAME', name)
        os.environ.setdefault('NCCL_SOCKET_IFNAME', f'={name}')  # exactly this one, and not each whose name begins so


def find_interfaces(address: str) -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                found = fcntl.ioctl(probe.fileno(), READ_INTERFACE_ADDRESS, struct.pack('256s', name.encode()[:15]))
                if socket.inet_ntoa(found[20:24]) == address:
                    yield name
