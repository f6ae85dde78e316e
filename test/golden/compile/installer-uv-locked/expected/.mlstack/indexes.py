# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:2a747dd49560eea0
"""Runs pip or uv so that packages come from where the config says, whatever other indexes have of the same name.

    python indexes.py --only https://packages.example.com/simple acme-core,acme-* --login packages.example.com COMPANY_INDEX -- pip install ...

`--only`: these packages come from that index, and nothing else does. The installer is led there by a server of its own on
this machine that answers for all indexes: an index that is not the one of a package has nothing of that name.
`--login`: the build secret that holds `user:password` for a host. It is in a file that goes when the installer ends.
uv is told what pip is configured with in this image, which it does not read by itself.
"""

import argparse
import ast
import fnmatch
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse

SECRETS = '/run/secrets'
# A fixed port, since uv keeps what it has by the URL of the index.
PORT = 31415
INDEXES = ('PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL')


def main():
    options = parse_arguments(sys.argv[1:])
    environment = dict(os.environ)
    settings = {**read_settings(), **{key: environment[key] for key in INDEXES if environment.get(key)}}
    usual = environment.get('UV_INDEX_URL') if is_uv(options.command) else None
    usual = usual or settings.get('PIP_INDEX_URL') or default_index()
    more = settings.get('PIP_EXTRA_INDEX_URL', '').split()
    with tempfile.TemporaryDirectory(dir='/dev/shm' if os.path.isdir('/dev/shm') else None) as folder:
        if options.login:
            environment['NETRC'] = write_logins(os.path.join(folder, 'netrc'), options.login)
            # A login that is refused ends the build: there is nobody to ask for another.
            environment['PIP_NO_INPUT'] = '1'
        if options.only:
            usual, more = serve(usual, more, [(url, patterns.split(',')) for url, patterns in options.only])
            for key in ('NO_PROXY', 'no_proxy'):
                environment[key] = ','.join(filter(None, [environment.get(key), '127.0.0.1']))
        if options.only or is_uv(options.command):
            environment.update(indexes_for(options.command, usual, more, settings))
        return subprocess.run(options.command, env=environment).returncode


def parse_arguments(arguments):
    """The command is what stands after the first `--`."""
    end = arguments.index('--')
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--only', nargs=2, action='append', default=[], metavar=('URL', 'PATTERNS'))
    parser.add_argument('--login', nargs=2, action='append', default=[], metavar=('HOST', 'SECRET'))
    parser.set_defaults(command=arguments[end + 1 :])
    return parser.parse_args(arguments[:end])


def is_uv(command):
    return os.path.basename(command[0]) == 'uv'


def read_settings():
    """What pip's files say, by the variable that stands for each; later sections win, as in pip."""
    listing = subprocess.run([sys.executable, '-m', 'pip', 'config', 'list'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    found = {}
    for section in ('global', 'install'):
        for line in listing.splitlines():
            place, _, value = line.partition('=')
            if place.startswith(section + '.'):
                found['PIP_' + place[len(section) + 1 :].upper().replace('-', '_')] = str(ast.literal_eval(value))
    return found


def default_index():
    from pip._internal.models.index import PyPI

    return PyPI.simple_url


def indexes_for(command, usual, more, settings):
    """Variables that name the indexes. pip still reads its other settings itself."""
    if not is_uv(command):
        return {'PIP_INDEX_URL': usual, 'PIP_EXTRA_INDEX_URL': ' '.join(more)}
    links = os.environ.get('PIP_FIND_LINKS') or settings.get('PIP_FIND_LINKS', '')
    trusted = os.environ.get('PIP_TRUSTED_HOST') or settings.get('PIP_TRUSTED_HOST', '')
    named = {'UV_FIND_LINKS': ','.join(links.split()), 'UV_INSECURE_HOST': ' '.join(trusted.split())}
    return {'UV_INDEX_URL': usual, 'UV_EXTRA_INDEX_URL': ' '.join(more), **{key: value for key, value in named.items() if value}}


def write_logins(path, logins):
    """Both installers read this file; one that the image has already stays in force."""
    lines = [read_text(os.environ.get('NETRC') or os.path.expanduser('~/.netrc'))]
    for host, secret in logins:
        user, separator, password = read_text(os.path.join(SECRETS, secret)).strip('\r\n').partition(':')
        if not user:
            sys.exit('the secret {0} is empty: set it to user:password where the build is started'.format(secret))
        if not separator or re.search(r'\s', user + password):
            sys.exit('the secret {0} does not have the form user:password, without spaces'.format(secret))
        lines.append('machine {} login {} password {}\n'.format(host, user, password))
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))
    return path


def read_text(path):
    try:
        with open(path, encoding='utf-8') as file:
            return file.read()
    except FileNotFoundError:
        return ''


def serve(usual, more, own):
    """Starts a server that stands for all indexes, and gives the URLs under which they are to be asked."""
    for url, patterns in own:
        print('{}: from {} alone'.format(', '.join(patterns), url), file=sys.stderr)
    places = [(url, None) for url in (usual, *more)] + own
    server = Server(('127.0.0.1', PORT), places)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first, *others = ['http://127.0.0.1:{}/{}/simple'.format(server.server_port, number) for number in range(len(places))]
    return first, others


class Server(http.server.ThreadingHTTPServer):
    allow_reuse_address = True

    def __init__(self, address, places):
        self.places = places
        try:
            super().__init__(address, Handler)
        except OSError:
            super().__init__((address[0], 0), Handler)

    def locate(self, path):
        """Where a package's page is; None where this index has none of it."""
        match = re.fullmatch(r'/(\d+)/simple/([^/?]+)/?', path)
        if not match or int(match[1]) >= len(self.places):
            return None
        name = re.sub(r'[-_.]+', '-', urllib.parse.unquote(match[2])).lower()
        # Of several indexes that a name fits, the first one has it.
        owner = next((place for place in self.places if place[1] and any(fnmatch.fnmatchcase(name, pattern) for pattern in place[1])), None)
        place = self.places[int(match[1])]
        is_here = place[1] is None if owner is None else place is owner
        return '{}/{}/'.format(place[0].rstrip('/'), name) if is_here else None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        location = self.server.locate(self.path)
        self.send_response(404 if location is None else 302)
        if location is not None:
            self.send_header('Location', location)
        self.send_header('Content-Length', '0')
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_):
        """The installer tells what it does."""


if __name__ == '__main__':
    sys.exit(main())
