"""Answers with all marks as they were when it started, and with the metrics of the model."""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import shared

MARK = 0
ANSWER = {
    **json.loads(Path(os.environ['MODEL_DIR'], 'model.json').read_text()),
    'serve': MARK,
    'served with': shared.MARK,
    'words': Path('words.txt').read_text().strip(),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        metrics = json.loads(Path(os.environ['MODEL_DIR'], '../metrics.json').read_text())
        body = json.dumps({**ANSWER, **metrics}).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Handler).serve_forever()
