"""The project's own module."""
WORD = 'beside'
