# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:f18f47a43a535ec1
"""Fetches a dataset or a model into a volume, once: what is there already and was asked for in the same words is left alone.

    python fetch.py NAME SOURCE [options]

SOURCE is http(s)://, s3://, gs:// or hf://; what an archive holds is unpacked. Everything is made ready beside what is there, and
takes its place at the end, so that nobody ever sees a half of it:

    .mlstack-fetch.json              what is there: its source, the digest of its content, its size and when it came; written last
    .mlstack-fetch/request           what is being fetched; where that changes, all below is begun again
    .mlstack-fetch/parts/            downloads that are not complete, which a later run resumes
    .mlstack-fetch/files             what is complete of a folder
    .mlstack-fetch/new/              what is complete
    .mlstack-fetch/swap.json         the new takes the place of the old: a run that was killed meanwhile is finished by the next
    .mlstack-fetch/old/              what was there before, on its way out
"""
from __future__ import annotations

import argparse
import bz2
import errno
import fcntl
import fnmatch
import gzip
import hashlib
import http.client
import json
import lzma
import os
import posixpath
import re
import shutil
import ssl
import stat
import sys
import tarfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple

RECEIPT = '.mlstack-fetch.json'
STAGING = '.mlstack-fetch'
NOT_DATA = {RECEIPT, STAGING, 'lost+found'}
CHUNK = 1024 ** 2
CHUNK_OF_OBJECT = 16 * 1024 ** 2
FILES_AT_ONCE = 8
TRIES = 8
LONGEST_PAUSE = 30
SECONDS_OF_SILENCE = 30  # after which a connection counts as broken
SECONDS_BETWEEN_LINES = 5
TRANSIENT_STATUS = {408, 425, 429, 500, 502, 503, 504}
DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
MAKE_ROOM = 'make room, for example by `docker system df` and `docker image prune`; what has come so far is kept'
# Parts of signed URLs: they are new with every signature, and are no other source.
SIGNATURE = re.compile(r'(?i)x-(amz|goog|ms)-.*|signature|sig|expires|key-pair-id|policy|awsaccesskeyid|googleaccessid|s[eprtv]|spr|skoid|sktid|skt|ske|sks|skv')


class Failure(Exception):
    """An end that is foreseen: the lines to print."""

    def __init__(self, *lines: str):
        super().__init__(*lines)
        self.lines = lines


class NoRoom(Failure):
    """The disk is too full: what has come so far is as good as before."""


class Broken(Exception):
    """What may be over with another try; `pause` is what the other side asks for, in seconds."""

    def __init__(self, reason: str, pause: float = 0):
        super().__init__(reason)
        self.reason, self.pause = reason, pause


class Request(NamedTuple):
    """What is asked for; a change of any of it is another dataset."""
    name: str
    source: str
    sha256: str | None
    include: list[str]
    extract: str
    pause: float

    @property
    def key(self) -> str:
        url = urllib.parse.urlsplit(self.source)
        query = [part for part in url.query.split('&') if not SIGNATURE.fullmatch(part.partition('=')[0])]
        asked = [url._replace(query='&'.join(query)).geturl(), self.sha256, self.include, self.extract]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


class Item(NamedTuple):
    """A file of a source: its path below the source, and what is known of it ahead."""
    path: str
    size: int | None
    version: str | None
    sha256: str | None = None
    address: str = ''


class Stream(NamedTuple):
    """What is being read, from `start` on; `size` is that of the whole file."""
    start: int
    size: int | None
    version: str | None
    name: str | None
    chunks: Iterator[bytes]


def parse_arguments(arguments: list[str]) -> tuple[Request, Path]:
    parser = argparse.ArgumentParser(prog='fetch.py', allow_abbrev=False)
    parser.add_argument('name', metavar='NAME', help='as what it is spoken of')
    parser.add_argument('source', metavar='SOURCE')
    parser.add_argument('--sha256', metavar='HEX', type=str.lower, help='what the file that is fetched must have')
    parser.add_argument('--include', action='append', default=[], metavar='PATTERN', help='fetch, or unpack, only what matches')
    parser.add_argument('--extract', choices=('auto', 'true', 'false'), default='auto', help='unpack an archive; auto goes by its name')
    parser.add_argument('--to', type=Path, default=Path('/data'), metavar='FOLDER', help='the root of the volume')
    parser.add_argument('--pause', type=float, default=1, metavar='SECONDS', help='before a second try; later ones are longer')
    options = parser.parse_args(arguments)
    return Request(options.name, options.source, options.sha256, options.include, options.extract, options.pause), options.to


def main(arguments: list[str]) -> int:
    request, folder = parse_arguments(arguments)
    try:
        with lock(folder):
            run(request, folder)
        return 0
    except Failure as failure:
        say(request.name, *failure.lines)
    except OSError as error:
        say(request.name, *describe_disk(error, folder))
    except KeyboardInterrupt:
        return 130
    return 1


def run(request: Request, folder: Path) -> None:
    """Makes the folder hold what is asked for, unless it does."""
    staging = folder / STAGING
    finish_swap(folder)
    receipt = read_receipt(folder)
    if receipt and receipt.get('request') == request.key:
        tell(request.name, f'is there already: {plural(receipt["files"], "file")}, {amount(receipt["size"])}, fetched {receipt["time"]}')
        shutil.rmtree(staging, ignore_errors=True)
        return
    if not receipt and any(path.name not in NOT_DATA for path in folder.iterdir()):
        raise Failure(f'the volume at {folder} holds files that no fetch has put there; nothing is touched',
                      'use another volume, or mount this one as it is: source: volume:NAME')
    if read_text(staging / 'request') != request.key:
        shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(exist_ok=True)
    write_atomically(staging / 'request', request.key)
    tell(request.name, f'fetches {show(request.source)}' + (', which takes the place of what is there once it is complete' if receipt else ''))
    began = time.monotonic()
    origin = fetch(request, staging)
    files, size, digest = digest_of(staging / 'new')
    receipt = {'source': show(request.source), **origin, 'digest': digest, 'size': size, 'files': files,
               'time': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()), 'request': request.key}
    write_atomically(staging / 'swap.json', json.dumps({'stage': 'clear', 'receipt': receipt}))
    finish_swap(folder)
    tell(request.name, f'done: {plural(files, "file")}, {amount(size)}, in {time.monotonic() - began:.0f} s')


def fetch(request: Request, staging: Path) -> dict[str, str]:
    """Downloads, verifies and unpacks into `new`; returns what the receipt is to say of the origin."""
    remote = open_remote(request)
    if remote.is_single:
        fetch_file(request, remote, staging)
    else:
        fetch_tree(request, remote, staging)
    return remote.origin


def fetch_file(request: Request, remote: Remote, staging: Path) -> None:
    """One file, which may be an archive."""
    item, new = remote.items[0], staging / 'new'
    download = Download(request, remote, staging / 'parts', Meter(request.name, item.size))
    part, name = download.get(item)
    verify(request, item, part)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    if request.extract != 'false' and (request.extract == 'true' or is_archive(name)):
        tell(request.name, f'unpacks {name}')
        try:
            unpack(part, name, new, request.include)
        except Failure as failure:
            if not isinstance(failure, NoRoom):
                discard(part)  # the next run asks for it again: it may have been mended
            raise
    elif request.include:
        raise Failure(f'{show(request.source)} is one file and no archive, so there is nothing for `include` to choose from')
    else:
        part.rename(new / name)


def fetch_tree(request: Request, remote: Remote, staging: Path) -> None:
    """All files of a folder, several at once; those that an earlier run has completed are not fetched again."""
    if request.sha256:
        raise Failure(f'{show(request.source)} is a folder, and a SHA-256 is that of one file', 'remove `sha256`, or name the file')
    items = [item for item in remote.items if matches(item.path, request.include)]
    if not items:
        raise Failure(*nothing_found(request, [item.path for item in remote.items]))
    new = staging / 'new'
    new.mkdir(exist_ok=True)
    places = {item.path: place_within(new, item.path) for item in items}
    done = read_log(staging / 'files')
    missing = [item for item in items if done.get(item.path) != item.version or item.version is None or not places[item.path].is_file()]
    total = sum(item.size or 0 for item in missing)
    require_room(staging, total)
    download = Download(request, remote, staging / 'parts', Meter(request.name, total, of_files=len(missing)))
    tell(request.name, f'{plural(len(missing), "file")}, {amount(total)}' + (f'; {plural(len(items) - len(missing), "file")} of an earlier run are here' if len(items) > len(missing) else ''))

    def get(item: Item) -> None:
        part, _ = download.get(item)
        verify(request, item, part)
        places[item.path].parent.mkdir(parents=True, exist_ok=True)
        part.replace(places[item.path])
        with download.lock, open(staging / 'files', 'a') as log:
            log.write(json.dumps([item.path, item.version]) + '\n')

    pool = ThreadPoolExecutor(FILES_AT_ONCE)
    try:
        for result in as_completed([pool.submit(get, item) for item in missing]):
            result.result()
    finally:
        download.has_failed.set()
        pool.shutdown(wait=True, cancel_futures=True)
    remove_others(new, set(places.values()))
    if request.extract == 'true':
        for item in items:
            if is_archive(item.path):
                tell(request.name, f'unpacks {item.path}')
                unpack(places[item.path], places[item.path].name, places[item.path].parent, [])
                places[item.path].unlink()


def verify(request: Request, item: Item, part: Path) -> None:
    """Holds a download to the hash that the config, or else the source itself, has for it; a wrong one is not kept."""
    expected = request.sha256 or item.sha256
    if not expected:
        return
    found = hash_file(part)
    if found == expected:
        return
    discard(part)
    who = 'the config expects' if request.sha256 else 'the source says'
    raise Failure(f'{show(request.source) if request.sha256 else item.path} is not what {who}: its SHA-256 differs', f'expected: {expected}', f'found:    {found}')


def discard(part: Path) -> None:
    part.unlink(missing_ok=True)
    part.with_suffix('.json').unlink(missing_ok=True)


class Download:
    """Gets files into a folder of parts, with as many tries as it takes to say that there is no use."""

    def __init__(self, request: Request, remote: Remote, parts: Path, meter: Meter):
        self.request, self.remote, self.parts, self.meter = request, remote, parts, meter
        self.lock, self.has_failed = threading.Lock(), threading.Event()
        parts.mkdir(parents=True, exist_ok=True)

    def get(self, item: Item) -> tuple[Path, str]:
        """The complete file, and the name that it has at its source."""
        part = self.parts / f'{hashlib.sha256(item.path.encode()).hexdigest()[:32]}.part'
        known = part.with_suffix('.json')
        failures = 0
        while True:
            before = size_of(part)
            try:
                return part, self.receive(item, part, known)
            except Broken as broken:
                failures = 1 if size_of(part) > before else failures + 1
                if failures == TRIES:
                    raise Failure(f'{broken.reason}; given up after {TRIES} tries', 'what has come so far is kept: the next run goes on from there') from None
                pause_after(broken, failures, self.request)

    def receive(self, item: Item, part: Path, known: Path) -> str:
        """One try, from where the one before has ended if the file is still the same there; returns the file's name."""
        record = read_json(known)
        offset, version = size_of(part), record.get('version')
        if version is None or item.version not in (None, version):
            offset, version = 0, None
        elif record.get('size') == offset:
            return record['name']
        with self.remote.open(item, offset, version) as stream:
            if stream.start == 0 and offset:
                tell(self.request.name, f'{item.path}: the server gives it only from the beginning' if stream.version == version else f'{item.path}: it has changed there, so it is fetched from the beginning')
            require_room(self.parts, (stream.size or 0) - stream.start)
            record = {'version': stream.version, 'size': stream.size, 'name': stream.name or posixpath.basename(item.path)}
            write_atomically(known, json.dumps(record))
            self.meter.start(stream.start, stream.size)
            with open(part, 'r+b' if stream.start else 'wb') as file:
                file.seek(stream.start)
                for chunk in stream.chunks:
                    if self.has_failed.is_set():
                        raise Failure('another file could not be fetched')
                    file.write(chunk)
                    self.meter.add(len(chunk))
                file.truncate()
                size = file.tell()
        if stream.size is not None and size < stream.size:
            raise Broken(f'the connection ended at {amount(size)} of {amount(stream.size)}')
        write_atomically(known, json.dumps({**record, 'version': stream.version or '-', 'size': size}))
        self.meter.finish_file()
        return record['name']


class Meter:
    """Says now and then how far the download is: a line each time, since it is read in a log."""

    def __init__(self, name: str, total: int | None, of_files: int | None = None):
        self.name, self.total, self.of_files, self.files = name, total, of_files, 0
        self.done = self.since = 0
        self.last, self.lock = time.monotonic(), threading.Lock()

    def start(self, offset: int, size: int | None) -> None:
        """Of a single file, the size may be known only now, and a part of it be there."""
        if self.of_files is None:
            self.total, self.done = size, offset

    def add(self, count: int) -> None:
        with self.lock:
            self.done, self.since = self.done + count, self.since + count
            passed = time.monotonic() - self.last
            if passed < SECONDS_BETWEEN_LINES:
                return
            of = f'{100 * self.done / self.total:.0f}% of {amount(self.total)}' if self.total else amount(self.done)
            files = '' if self.of_files is None else f', {self.files} of {plural(self.of_files, "file")}'
            tell(self.name, f'{of}{files}, {self.since / passed / 1e6:.1f} MB/s')
            self.last, self.since = time.monotonic(), 0

    def finish_file(self) -> None:
        with self.lock:
            self.files += 1


# Sources

class Remote:
    """What is fetched from: its files, and a way to read one of them from any place on."""
    items: list[Item]
    is_single = True
    origin: dict[str, str] = {}

    @contextmanager
    def open(self, item: Item, offset: int, version: str | None) -> Iterator[Stream]:
        raise NotImplementedError
        yield


def open_remote(request: Request) -> Remote:
    scheme = request.source.partition('://')[0].lower()
    if scheme in ('http', 'https'):
        return Http(request.source)
    if scheme not in CLIENTS:
        raise Failure(f'{scheme}:// is not a source that can be fetched; it is one of http(s), {", ".join(CLIENTS)}')
    return with_tries(request, lambda: CLIENTS[scheme](request.source))


def with_tries(request: Request, act: Callable[[], Any]) -> Any:
    for failures in range(1, TRIES + 1):
        try:
            return act()
        except Broken as broken:
            if failures == TRIES:
                raise Failure(f'{broken.reason}; given up after {TRIES} tries') from None
            pause_after(broken, failures, request)


def pause_after(broken: Broken, failures: int, request: Request) -> None:
    """Waits before another try, longer after each failure, and at least as long as the other side asks for."""
    pause = min(max(broken.pause, request.pause * 2 ** (failures - 1)), LONGEST_PAUSE)
    tell(request.name, f'{broken.reason}; tries again in {pause:.0f} s')
    time.sleep(pause)


class Http(Remote):
    """One file behind an http(s) URL."""

    def __init__(self, url: str):
        parts = urllib.parse.urlsplit(url)
        if parts.username or parts.password:
            raise Failure(f'{show(url)} has a user or a password in it, which would be seen in logs and by `docker inspect`')
        if not parts.hostname:
            raise Failure(f'{show(url)} names no host')
        # What a person has typed may hold spaces and letters beyond ASCII.
        self.url = urllib.parse.quote(url, safe=":/?#[]@!$&'()*+,;=%~")
        self.name = safe_name(urllib.parse.unquote(posixpath.basename(parts.path)))
        self.items = [Item(self.name or show(url), None, None)]
        self.opener = urllib.request.OpenerDirector()
        for handler in (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(context=ssl.create_default_context()),
                        urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPErrorProcessor(), Redirects(), urllib.request.UnknownHandler()):
            self.opener.add_handler(handler)

    @contextmanager
    def open(self, item: Item, offset: int, version: str | None) -> Iterator[Stream]:
        headers = {'User-Agent': 'mlstack-fetch', 'Accept-Encoding': 'identity'}
        if offset and version:
            headers.update({'Range': f'bytes={offset}-', 'If-Range': version})
        try:
            with self.opener.open(urllib.request.Request(self.url, headers=headers), timeout=SECONDS_OF_SILENCE) as response:
                yield self.read(response, offset)
        except urllib.error.HTTPError as error:
            if error.code == 416:  # the file has become shorter than what is here of it
                with self.open(item, 0, None) as stream:
                    yield stream
                return
            raise self.describe_status(error) from None
        except urllib.error.URLError as error:
            raise self.describe_connection(error.reason) from None
        except (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError) as error:
            raise self.describe_connection(error) from None

    def read(self, response: http.client.HTTPResponse, offset: int) -> Stream:
        length = response.headers.get('Content-Length', '')
        size = int(length) if length.isdecimal() and not response.headers.get('Transfer-Encoding') else None
        start = 0
        if response.status == 206:
            match = re.fullmatch(r'bytes (\d+)-\d+/(\d+|\*)', response.headers.get('Content-Range', '').strip())
            if not match or int(match[1]) != offset:
                raise Failure(f'{show(self.url)}: the server answers with another part of the file than it was asked for')
            start, size = offset, int(match[2]) if match[2] != '*' else size and size + offset
        etag = response.headers.get('ETag')
        version = etag if etag and not etag.startswith('W/') else response.headers.get('Last-Modified')
        offered = safe_name(response.headers.get_filename() or '')
        name = self.name if '.' in self.name or not offered else offered
        return Stream(start, size, version, name or 'data', iter(lambda: response.read1(CHUNK), b''))

    def describe_status(self, error: urllib.error.HTTPError) -> Exception:
        where = show(self.url)
        if error.code in TRANSIENT_STATUS:
            after = error.headers.get('Retry-After', '')
            return Broken(f'{where}: the server answers {error.code} {error.reason}', float(after) if after.isdecimal() else 0)
        if error.code in (401, 403):
            return Failure(f'{where}: the server gives it only to whom it knows ({error.code} {error.reason})', 'a URL that needs no login is needed, or one of s3://, gs:// and hf:// with secrets')
        if error.code in (404, 410):
            return Failure(f'{where}: there is no such file on that server ({error.code} {error.reason})', 'look for a typing mistake in `source`, or for where it has moved')
        return Failure(f'{where}: the server answers {error.code} {error.reason}')

    def describe_connection(self, reason: Any) -> Exception:
        where = show(self.url)
        if isinstance(reason, ssl.SSLCertVerificationError):
            return Failure(f'{where}: the certificate of the server cannot be verified: {reason.verify_message}', 'behind a proxy of a company, its certificate has to be in the image: build.ca')
        if isinstance(reason, str) and 'unknown url type' in reason:
            return Failure(f'{where}: it leads to an address that is neither http:// nor https://')
        return Broken(f'{where}: {scrub(str(reason) or type(reason).__name__)}')


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows, but not from https to what anybody on the way could change."""

    def redirect_request(self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> urllib.request.Request | None:
        if urllib.parse.urlsplit(req.full_url).scheme == 'https' and urllib.parse.urlsplit(newurl).scheme != 'https':
            raise Failure(f'{show(req.full_url)} leads to {show(newurl)}, which is not encrypted')
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Objects(Remote):
    """Files of a store that a client of the fsspec family speaks with."""

    def __init__(self, source: str, client: Any, path: str, origin: dict[str, str] | None = None, reading: dict[str, str] | None = None):
        self.source, self.client, self.origin, self.reading = source, client, origin or {}, reading or {}
        root = path.rstrip('/')
        with self.describing():
            info = client.info(root)
            self.is_single = info['type'] == 'file'
            found = {root: info} if self.is_single else client.find(root, detail=True)
        # A name that ends with a slash is what some consoles make for an empty folder.
        self.items = [self.describe(name, info, posixpath.basename(name) if self.is_single else name[len(root) + 1:]) for name, info in sorted(found.items()) if not name.endswith('/')]
        if not self.items:
            raise Failure(f'{show(source)} is empty')

    @staticmethod
    def describe(address: str, info: dict[str, Any], path: str) -> Item:
        lfs = info.get('lfs')
        version = info.get('ETag') or info.get('etag') or info.get('generation') or info.get('blob_id') or info.get('md5Hash')
        sha256 = getattr(lfs, 'sha256', None) or (lfs or {}).get('sha256') if lfs else None
        return Item(path, info.get('size'), str(version) if version else None, sha256, address)

    @contextmanager
    def open(self, item: Item, offset: int, version: str | None) -> Iterator[Stream]:
        if item.size is None:
            raise Failure(f'{item.path}: the store does not say how large it is')
        with self.describing():
            yield Stream(offset, item.size, item.version, posixpath.basename(item.path), self.read(item, offset))

    def read(self, item: Item, offset: int) -> Iterator[bytes]:
        """In ranges; of what takes more than one, nothing may have changed between them."""
        start = offset
        while start < item.size:
            yield self.client.cat_file(item.address, start=start, end=min(start + CHUNK_OF_OBJECT, item.size), **self.reading)
            start += CHUNK_OF_OBJECT
        if item.size - offset > CHUNK_OF_OBJECT or offset:
            self.client.invalidate_cache()
            if self.describe(item.address, self.client.info(item.address), item.path).version != item.version:
                raise Failure(f'{item.path} has changed at {show(self.source)} while it was fetched', 'start the fetch again')

    @contextmanager
    def describing(self) -> Iterator[None]:
        """Turns what a client says into our words; what is not certain to stay is worth another try."""
        try:
            yield
        except (Failure, Broken):
            raise
        except Exception as error:
            raise describe_client_error(error, self.source) from None


def describe_client_error(error: Exception, source: str) -> Exception:
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return error
    where, words = show(source), scrub(str(error)) or type(error).__name__
    response = getattr(error, 'response', None)
    status = getattr(response, 'status_code', None) or getattr(error, 'code', None) or getattr(error, 'status', None)
    if isinstance(error, FileNotFoundError) or status == 404:
        return Failure(f'{where}: there is nothing of that name', words, 'look for a typing mistake in `source`; some stores also say so of what one may not see')
    if isinstance(error, PermissionError) or status in (401, 403) or 'Credentials' in type(error).__name__:
        return Failure(f'{where}: it may not be read with the credentials that are there', words, f'the fetch takes its credentials from `secrets`: {CREDENTIALS[source.partition("://")[0].lower()]}')
    return Broken(f'{where}: {words}')


def open_s3(source: str) -> Remote:
    import botocore.session
    import s3fs
    has_credentials = botocore.session.get_session().get_credentials() is not None
    return Objects(source, s3fs.S3FileSystem(anon=not has_credentials, skip_instance_cache=True), source.partition('://')[2])


def open_gs(source: str) -> Remote:
    os.environ.setdefault('GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT', 'false')  # it asks what kind each bucket is, and warns where it may not know
    import gcsfs
    key = os.environ.get('GOOGLE_APPLICATION_CREDENTIALS')
    return Objects(source, gcsfs.GCSFileSystem(token=key or None, skip_instance_cache=True, session_kwargs={'trust_env': True}), source.partition('://')[2])


def open_hf(source: str) -> Remote:
    """The revision is settled first, so that a branch that moves meanwhile does not mix two of them."""
    from huggingface_hub import HfApi, HfFileSystem
    match = re.fullmatch(r'(datasets/|spaces/)?([^/@]+/[^/@]+)(?:@(refs/[^/]+/[^/]+|[^/]+))?(?:/(.*))?', source.partition('://')[2])
    if not match:
        raise Failure(f'{show(source)} is not hf://ORG/NAME@REVISION, or hf://datasets/ORG/NAME@REVISION')
    kind, repository, revision, inside = match.groups()
    try:
        found = HfApi().repo_info(repository, repo_type=(kind or 'models/')[:-2], revision=revision).sha
    except Exception as error:
        raise describe_client_error(error, source) from None
    path = f'{kind or ""}{repository}@{found}'
    return Objects(source, HfFileSystem(skip_instance_cache=True), f'{path}/{inside}' if inside else path, {'revision': found}, {'cache_type': 'none'})


CLIENTS: dict[str, Callable[[str], Remote]] = {'s3': open_s3, 'gs': open_gs, 'hf': open_hf}
CREDENTIALS = {'s3': 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY', 'gs': 'GOOGLE_APPLICATION_CREDENTIALS', 'hf': 'HF_TOKEN'}


# Archives

PACKED_FILE: dict[str, Callable[..., BinaryIO]] = {'.gz': gzip.open, '.bz2': bz2.open, '.xz': lzma.open}
TAR_NAMES = ('.tar', '.tar.gz', '.tgz', '.tar.bz2', '.tbz2', '.tbz', '.tar.xz', '.txz')


def is_archive(name: str) -> bool:
    return name.lower().endswith(('.zip', *TAR_NAMES, *PACKED_FILE))


def unpack(archive: Path, name: str, target: Path, include: list[str]) -> None:
    """Unpacks by the name, or by the content where the name tells nothing; whatever leads out of the target is refused."""
    try:
        with open(archive, 'rb') as file:
            opener = PACKED_FILE.get(posixpath.splitext(name.lower())[1]) or packer_of(file)
        if zipfile.is_zipfile(archive) and not (opener or name.lower().endswith(TAR_NAMES)):
            entries: Iterator[Entry] = zip_entries(archive, include)
        elif tarfile.is_tarfile(archive):
            entries = tar_entries(archive)
        elif opener:
            entries = packed_entry(archive, name, opener)
        else:
            raise Failure(f'{name} is not an archive: it is neither zip nor tar, gz, bz2 or xz', 'to keep it as it is: extract: false')
        write_entries(entries, name, target, include)
    except (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
        raise Failure(f'{name} cannot be unpacked: {error}', 'to keep it as it is: extract: false') from None


def packer_of(file: BinaryIO) -> Callable[..., BinaryIO] | None:
    start = file.read(6)
    return next((opener for magic, opener in ((b'\x1f\x8b', gzip.open), (b'BZh', bz2.open), (b'\xfd7zXZ', lzma.open)) if start.startswith(magic)), None)


class Entry(NamedTuple):
    """What an archive holds: a folder, a file, or a link to `link`, which is seen from the entry's own folder unless it is hard."""
    path: str
    kind: str
    size: int | None = None
    open: Callable[[], BinaryIO] | None = None
    is_executable: bool = False
    link: str = ''


def zip_entries(archive: Path, include: list[str]) -> Iterator[Entry]:
    with zipfile.ZipFile(archive) as file:
        require_room(archive.parent, sum(info.file_size for info in file.infolist() if matches(info.filename, include)))
        for info in file.infolist():
            mode = info.external_attr >> 16
            if info.flag_bits & 1:
                raise Failure(f'{info.filename} is encrypted, and there is no password to unpack it with')
            if stat.S_ISLNK(mode):
                yield Entry(info.filename, 'link', link=file.read(info).decode(errors='surrogateescape') if info.file_size < 4096 else '/')
            else:
                yield Entry(info.filename, 'folder' if info.is_dir() else 'file', info.file_size, lambda: file.open(info), bool(mode & 0o100))


def tar_entries(archive: Path) -> Iterator[Entry]:
    with tarfile.open(archive) as file:
        for info in file:
            if info.isreg():
                yield Entry(info.name, 'file', info.size, lambda: file.extractfile(info), bool(info.mode & 0o100))
            elif info.islnk() or info.issym():
                yield Entry(info.name, 'hard link' if info.islnk() else 'link', link=info.linkname)
            else:
                yield Entry(info.name, 'folder' if info.isdir() else 'device')


def packed_entry(archive: Path, name: str, opener: Callable[..., BinaryIO]) -> Iterator[Entry]:
    """One file, named as the archive is without its ending."""
    yield Entry(re.sub(r'(?i)\.(gz|bz2|xz)$', '', name) or name, 'file', None, lambda: opener(archive))


def write_entries(entries: Iterator[Entry], name: str, target: Path, include: list[str]) -> None:
    """Links come last, so that nothing is ever written through one, and must then all lead to places inside of the target."""
    links: list[tuple[Path, Entry]] = []
    skipped, written = [], 0
    for entry in entries:
        if entry.kind == 'device':
            raise Failure(f'{name} holds {entry.path}, which is neither file nor folder nor link; nothing of it is kept')
        place = place_within(target, entry.path, name)
        if entry.kind != 'folder' and not matches(entry.path, include):
            skipped.append(entry.path)
        elif entry.kind == 'folder':
            if not include:
                place.mkdir(parents=True, exist_ok=True)
        elif entry.kind == 'file':
            write_entry(entry, place)
            written += 1
        else:
            links.append((place, entry))
    for place, entry in sorted(links, key=lambda link: link[1].kind):  # hard links first, while there is nothing to be led astray by
        make_link(entry, place, target, name)
    for place, entry in links:
        require_within(place, entry, target, name)  # a later link may have given an earlier one another meaning
    if not written and not links:
        raise Failure(*([f'nothing in {name} matches {", ".join(include)}', f'it has {listing(skipped)}'] if skipped else [f'{name} is empty']))


def make_link(entry: Entry, place: Path, target: Path, name: str) -> None:
    require_within(place.parent, entry, target, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        raise Failure(f'{name} holds {entry.path} twice, as a folder and as a link')
    place.unlink(missing_ok=True)
    if entry.kind == 'link':
        place.symlink_to(entry.link)
        return require_within(place, entry, target, name)
    origin = place_within(target, entry.link, name)
    if not origin.is_file():
        raise Failure(f'{name} holds {entry.path}, a link to {entry.link}, which is not in it')
    os.link(origin, place)


def require_within(place: Path, entry: Entry, target: Path, name: str) -> None:
    if entry.link.startswith('/') or not place.resolve().is_relative_to(target.resolve()):
        raise Failure(f'{name} holds {entry.path}, a link to {entry.link}, which leads out of the dataset; nothing of it is kept')


def write_entry(entry: Entry, place: Path) -> None:
    """Never more than is declared, and never into the last of the disk."""
    require_room(place.parent if place.parent.is_dir() else None, entry.size or 0)
    place.parent.mkdir(parents=True, exist_ok=True)
    written = since = 0
    with entry.open() as source, open(place, 'wb') as file:
        while chunk := source.read(CHUNK):
            written, since = written + len(chunk), since + len(chunk)
            if entry.size is not None and written > entry.size:
                raise Failure(f'{entry.path} is larger than its archive declares')
            if since >= 64 * CHUNK:
                require_room(place.parent, 0)
                since = 0
            file.write(chunk)
    if entry.is_executable:
        place.chmod(0o755)


def place_within(folder: Path, path: str, archive: str | None = None) -> Path:
    """Where a file goes; a path that leads elsewhere is refused."""
    parts = path.replace('\\', '/').split('/') if archive else path.split('/')
    if path.startswith(('/', '\\')) or '..' in parts or re.match(r'[A-Za-z]:[/\\]', path) or '\0' in path:
        raise Failure(f'{archive or "the source"} holds {path!r}, which would be written outside of the dataset; nothing of it is kept')
    inside = [part for part in path.split('/') if part not in ('', '.')]
    if inside and inside[0] in (RECEIPT, STAGING):
        raise Failure(f'{archive or "the source"} holds {path!r}, a name that the fetch itself needs')
    return folder.joinpath(*inside)


def matches(path: str, include: list[str]) -> bool:
    """As in a shell, but `*` reaches across folders; a folder stands for all that is in it."""
    path = re.sub(r'^(\./)+', '', path)
    return not include or any(fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f'{pattern.rstrip("/")}/*') for pattern in include)


def nothing_found(request: Request, paths: list[str]) -> list[str]:
    return [f'nothing at {show(request.source)} matches {", ".join(request.include)}', f'it has {listing(paths)}']


def listing(paths: list[str]) -> str:
    return ', '.join(paths[:5]) + (f' and {len(paths) - 5} more' if len(paths) > 5 else '')


# The volume

@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """One fetch at a time."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # released with the handle, and by a kill
        yield
    finally:
        os.close(handle)


def finish_swap(folder: Path) -> None:
    """Puts what is complete in the place of what was there. Each step may be repeated, so a kill in between does no harm."""
    staging, new, old = folder / STAGING, folder / STAGING / 'new', folder / STAGING / 'old'
    swap = read_json(staging / 'swap.json')
    if not swap:
        return
    if swap['stage'] == 'clear':
        (folder / RECEIPT).unlink(missing_ok=True)
        old.mkdir(exist_ok=True)
        for path in list(folder.iterdir()):
            if path.name not in NOT_DATA:
                path.rename(old / path.name)
        write_atomically(staging / 'swap.json', json.dumps({**swap, 'stage': 'fill'}))
    for path in list(new.iterdir()) if new.is_dir() else []:
        path.rename(folder / path.name)
    write_atomically(folder / RECEIPT, json.dumps(swap['receipt'], indent=2) + '\n')
    shutil.rmtree(staging)


def digest_of(folder: Path) -> tuple[int, int, str]:
    """How many files, how many bytes, and one hash for the content and the names of all."""
    total, digest = 0, hashlib.sha256()
    paths = sorted(path for path in folder.rglob('*') if path.is_symlink() or path.is_file())
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            line = f'link {os.readlink(path)} {name}\n'
        else:
            total += path.stat().st_size
            line = f'{hash_file(path)} {name}\n'
        digest.update(line.encode(errors='surrogateescape'))
    return len(paths), total, f'sha256:{digest.hexdigest()}'


def remove_others(folder: Path, wanted: set[Path]) -> None:
    """What the source had when an earlier run began, and has no more."""
    for path in folder.rglob('*'):
        if path.is_file() and path not in wanted:
            path.unlink()


def hash_file(path: Path) -> str:
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def require_room(folder: Path | None, size: int) -> None:
    """Says before a download that it will not fit, and leaves a little to those who share the disk."""
    if folder is None:
        return
    free = shutil.disk_usage(folder).free
    if size > free or free < 16 * CHUNK:
        raise NoRoom(f'the disk of the engine is too full: {amount(size)} more are needed and {amount(free)} are free' if size else f'the disk of the engine is full: {amount(free)} are free', MAKE_ROOM)


def describe_disk(error: OSError, folder: Path) -> list[str]:
    if error.errno in DISK_FULL:
        return ['the disk of the engine is full', MAKE_ROOM]
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        owner = folder.stat().st_uid
        return [f'cannot write {error.filename or folder}: {error.strerror}; the volume belongs to user {owner}, and this is user {os.getuid()}', 'set MLSTACK_UID to that user, or remove the volume and fetch anew']
    return [scrub(f'{error.filename}: {error.strerror}' if error.filename else str(error))]


def read_receipt(folder: Path) -> dict[str, Any] | None:
    receipt = read_json(folder / RECEIPT)
    return receipt if {'request', 'digest', 'size', 'files', 'time'} <= receipt.keys() else None


def read_log(path: Path) -> dict[str, str]:
    """Of a line that was not written to its end, nothing is known."""
    entries: dict[str, str] = {}
    for line in read_text(path).splitlines():
        try:
            name, version = json.loads(line)
            entries[name] = version
        except ValueError:
            pass
    return entries


def read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(read_text(path) or '{}')
        return value if isinstance(value, dict) else {}
    except ValueError:
        return {}


def read_text(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        return ''


def write_atomically(path: Path, text: str) -> None:
    unfinished = path.with_name(f'{path.name}.tmp')
    unfinished.write_text(text)
    unfinished.replace(path)


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


# Words

def tell(name: str, line: str) -> None:
    """How far the fetch has come."""
    print(f'mlstack: {name}: {line}', flush=True)


def say(name: str, *lines: str) -> None:
    """Why the fetch has failed, on standard error; `mlstack watch` takes the first such line for the reason."""
    for line in lines:
        print(f'mlstack: {name}: {line}', file=sys.stderr, flush=True)


def show(url: str) -> str:
    """A URL without what may be secret in it: a user, a password, a signature."""
    url = re.sub(r'(?<=://)[^/?#@]*@', '', url)
    return re.sub(r'\?.*', '?…', url, flags=re.DOTALL)


def scrub(text: str) -> str:
    """The same for every URL in words of other programs."""
    return re.sub(r'[A-Za-z][A-Za-z0-9+.-]*://[^\s\'"<>)]+', lambda match: show(match[0]), text).replace('\n', ' ').strip()


def safe_name(name: str) -> str:
    """A file's name as a server gives it, without what could lead elsewhere or hide."""
    name = posixpath.basename(name.replace('\\', '/')).strip()
    return '' if name in ('', '.', '..') or name in NOT_DATA else re.sub(r'[\0-\x1f\x7f]', '_', name)[:200]


def plural(count: int, word: str) -> str:
    return f'{count} {word}' if count == 1 else f'{count} {word}s'


def amount(size: float) -> str:
    for unit in ('bytes', 'kB', 'MB', 'GB'):
        if size < 1000:
            return f'{size:.0f} {unit}' if unit == 'bytes' else f'{size:.1f} {unit}'
        size /= 1000
    return f'{size:.1f} TB'


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
