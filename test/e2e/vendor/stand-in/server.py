#!/usr/local/bin/python
"""Stands in for a server of numbered versions: takes its options, looks for the newest version, and says what it found."""
import argparse
import http.server
import json
import os
import signal
import sys
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--rest_api_port", "--http-port", dest="port", type=int)
parser.add_argument("--model_name")
parser.add_argument("--model_base_path", type=Path)
parser.add_argument("--model-repository", type=Path)
parser.add_argument("--monitoring_config_file", type=Path)
options, _ = parser.parse_known_args()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def find_model():
    """The folder of versions, wherever its name comes from."""
    return options.model_base_path or next(options.model_repository.iterdir())


def describe():
    model = find_model()
    version = max(int(path.name) for path in model.iterdir() if path.name.isdecimal())
    file = next(path for path in sorted((model / str(version)).iterdir()) if path.name in ("saved_model.pb", "model.pt"))
    return {
        "state": "AVAILABLE",
        "model": model.name,
        "version": version,
        "text": file.read_text().split()[0],
        "config": (model / "config.pbtxt").read_text().split()[0],
        "versions": sorted(path.name for path in model.iterdir()),
        "monitoring": options.monitoring_config_file and options.monitoring_config_file.read_text().split()[-1],
        "user": os.getuid(),
        "writable": [str(path) for path in (model / str(version), Path("/"), Path("/tmp")) if os.access(path, os.W_OK)],
    }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            status, answer = 200, describe()
        except (OSError, ValueError, StopIteration) as error:
            status, answer = 404, {"error": str(error)}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("", options.port), Handler).serve_forever()
