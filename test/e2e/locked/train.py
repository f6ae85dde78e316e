"""Prints the versions that the lock has to have."""

import json
from importlib.metadata import version

import humanize
import idna
import sklearn

assert humanize and idna and sklearn
print(json.dumps({name: version(name) for name in ["humanize", "idna", "numpy", "scikit-learn", "scipy"]}))
