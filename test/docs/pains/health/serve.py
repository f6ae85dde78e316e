import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

time.sleep(3)  # the model is loaded


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()


ThreadingHTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
