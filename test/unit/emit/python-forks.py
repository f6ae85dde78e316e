"""Runs scripts as `python3 -I -S` does, each in a fork of this process, which has loaded what they import.

A line on standard input is a run, as JSON: {"id", "words": [SCRIPT, ARGUMENT...], "cwd", "env", "uid", "outputs": [PATH, PATH]}.
When it has ended, its id and its status come out as a line; the status is negative where a signal ended it.
"""
import ast
import contextlib
import importlib
import json
import os
import signal
import sys
import types

codes = {}


def code_of(path):
    """Compiles each text once: a test may have a copy of its own, with other constants."""
    with open(path, 'rb') as file:
        text = file.read()
    if text not in codes:
        codes[text] = compile(load_imports(text, os.path.dirname(path)), path, 'exec')
    return codes[text]


def load_imports(text, folder):
    """Imports what a script does, but for the modules beside it: only what those import."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        names = [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            beside = os.path.join(folder, f'{name}.py')
            if os.path.exists(beside):
                with open(beside, 'rb') as file:
                    load_imports(file.read(), folder)
            else:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)
    return tree


def run(code, request):
    """Takes the place of a fresh interpreter; what the script raises ends the process as it would end that one."""
    for target, path in enumerate([os.devnull, *request['outputs']]):
        os.dup2(os.open(path, os.O_RDWR), target)
    os.chdir(request['cwd'])
    if request['uid'] is not None:
        os.setgroups([])
        os.setgid(request['uid'])
        os.setuid(request['uid'])
    os.environ.clear()
    os.environ.update(request['env'])
    sys.argv = request['words']
    sys.modules['__main__'] = main = types.ModuleType('__main__')
    main.__file__ = sys.argv[0]
    exec(code, main.__dict__)
    sys.exit()


def report(child, name):
    status = os.waitpid(child, 0)[1]
    os.write(1, f'{name} {os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)}\n'.encode())
    os._exit(0)


signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the processes that wait for the runs
for line in sys.stdin:
    request = json.loads(line)
    code = code_of(request['words'][0])
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child = os.fork()
        if child == 0:
            run(code, request)
        report(child, request['id'])
