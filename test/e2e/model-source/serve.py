"""Serves the weights of the model as they are."""
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

weights = Path(os.environ["MODEL_DIR"], "model/weights.json").read_bytes()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(weights)


HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
