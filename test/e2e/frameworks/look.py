"""Imports the modules named in MODULES, and lists every file of the image whose name is that of a CUDA library."""
import importlib
import json
import os
import re

LIBRARY = re.compile(r"lib(cuda|cudart|cublas|cudnn|cufft|curand|cusolver|cusparse|nccl|nvrtc|nvJitLink|nvidia|cupti)[-._\w]*\.so", re.IGNORECASE)

found = [os.path.join(folder, name) for folder, _, names in os.walk("/usr") for name in names if LIBRARY.match(name)]
versions = {name: importlib.import_module(name).__version__ for name in os.environ["MODULES"].split()}
print(json.dumps({"versions": versions, "cuda": found}))
