"""Serves the model, and whom it runs as."""
import http.server
import os
import pathlib


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        model = pathlib.Path(os.environ['MODEL_DIR'], 'model.txt').read_text()
        body = f'{model}, served by {os.getuid()}'.encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(('', int(os.environ['PORT'])), Handler).serve_forever()
