"""Read by the training and by the server."""
MARK = 0
