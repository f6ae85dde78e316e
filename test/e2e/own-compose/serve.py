"""Tells the model that is served, who it is that tells it, and where the root file system can be written."""
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

MODEL = json.loads(Path(os.environ['MODEL_DIR'], 'model.json').read_text())


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answer = {'model': MODEL, 'who': [*sys.argv[1:], os.environ.get('WHO')], 'uid': os.getuid(), 'writable': os.access('/app', os.W_OK)}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


HTTPServer(('0.0.0.0', int(os.environ['PORT'])), Handler).serve_forever()
