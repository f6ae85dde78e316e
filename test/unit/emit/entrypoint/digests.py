"""Digests what a job depends on, for many cases at once.

    python3 digests.py FINGERPRINT FOLDER < cases.json

A case is {"files": {PATH: TEXT}, "params": {...}, "environment": {...}}; a list of the digests of each comes out.
"""
import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('fingerprint', sys.argv[1])
fingerprint = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fingerprint)
folder = Path(sys.argv[2])


def digest(case):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, text in case['files'].items():
        file = folder / 'code' / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / 'params.json').write_text(json.dumps(case['params']))
    os.environ.clear()
    os.environ.update(case['environment'])
    return {
        'code': fingerprint.digest_code(fingerprint.list_code([str(folder / 'code')], [str(folder / 'code/out')], None)),
        'params': fingerprint.digest_params(str(folder / 'params.json')),
        'environment': fingerprint.digest_environment(['TOKEN']),
    }


cases = json.load(sys.stdin)
digests = [digest(case) for case in cases]
print(json.dumps([{'digest': each, 'differences': fingerprint.find_differences(digests[0], each)} for each in digests]))
