# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:621c650425483aae

# The image of train, evaluate and serve.

# Python 3.11 on Debian 12 (bookworm): the default.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# scikit-learn 1.7.2, its wheels run on the CPU alone.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=constraints.txt,target=/requirements/constraints.txt \
    --mount=type=bind,source=more-constraints.txt,target=/requirements/more-constraints.txt \
    pip install "scikit-learn==1.7.2" -c /requirements/constraints.txt

# The packages of pyproject.toml that are not installed otherwise.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=services/digits/.mlstack/train.requirements.txt,target=/requirements/services/digits/pyproject.toml.txt \
    --mount=type=bind,source=constraints.txt,target=/requirements/constraints.txt \
    --mount=type=bind,source=more-constraints.txt,target=/requirements/more-constraints.txt \
    pip install -r /requirements/services/digits/pyproject.toml.txt "scikit-learn==1.7.2" -c /requirements/constraints.txt

# An ordinary user, by number, with a home and an entry in /etc/passwd.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /srv/digits /model /data \
    && install -d -m 1777 /cache

# Output at once, plots without a display, caches on a volume, imports from the code.
ENV PYTHONUNBUFFERED="1"
ENV MPLBACKEND="Agg"
ENV HOME="/home/mlstack"
ENV HF_HOME="/cache/huggingface"
ENV MPLCONFIGDIR="/cache/matplotlib"
ENV NUMBA_CACHE_DIR="/cache/numba"
ENV TORCH_HOME="/cache/torch"
ENV TRITON_CACHE_DIR="/cache/triton"
ENV XDG_CACHE_HOME="/cache"
ENV PYTHONPATH="/srv/digits:/srv/digits/src:/opt/code/features:/opt/code/features/python:/opt/mlstack/packages"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 services/digits/.mlstack/entrypoint.py services/digits/.mlstack/fingerprint.py /opt/mlstack/

# digits is imported from the code, and installed as pyproject.toml has it, with its commands.
COPY <<METADATA <<entry_points.txt /opt/mlstack/packages/digits-2.1.0.dist-info/
Metadata-Version: 2.1
Name: digits
Version: 2.1.0
Requires-Python: >=3.10
METADATA
[console_scripts]
digits-train = digits.train:main
[digits.models]
mlp = digits.models.mlp:Model
entry_points.txt
COPY --chmod=0755 <<digits-train /usr/local/bin/
#!/usr/bin/env python
import sys
from digits.train import main
sys.exit(main())
digits-train

# acme-features is imported from the code, and installed as ../../libs/features/pyproject.toml has it.
COPY <<METADATA /opt/mlstack/packages/acme_features-0.3.1.dist-info/
Metadata-Version: 2.1
Name: acme-features
Version: 0.3.1
METADATA

# The code comes last: an edit of it installs nothing.
WORKDIR /srv/digits
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID services/digits /srv/digits/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/features /opt/code/features/
USER 10001:10001
