import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(Path(os.environ['MODEL_DIR'], 'sum').read_bytes())


HTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Answer).serve_forever()
