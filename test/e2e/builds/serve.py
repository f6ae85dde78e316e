"""Listens, and says of the one secret that it asked for."""
import os
import socket
import time

print('serves with', sorted(os.listdir('/run/secrets')), flush=True)
server = socket.create_server(('', int(os.environ['PORT'])))
time.sleep(600)
