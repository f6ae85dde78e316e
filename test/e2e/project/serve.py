"""Answers with the model as it was at the start, and with what the container gives to the code."""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SUM = Path(os.environ['MODEL_DIR'], 'sum.txt').read_text()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answer = {
            'sum': SUM,
            'greeting': os.environ.get('GREETING'),
            'mode': os.environ['MODE'],
            'uid': os.getuid(),
            'home': Path('~').expanduser().owner(),
        }
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Handler).serve_forever()
