# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:575a1f5c6fc2624a

# The image of train.

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
    pip install "scikit-learn==1.7.2"

# The packages of requirements.txt that are not installed otherwise.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=services/digits/.mlstack/train.requirements.txt,target=/requirements/services/digits/requirements.txt \
    --mount=type=bind,source=requirements/limits.txt,target=/requirements/requirements/limits.txt \
    pip install -r /requirements/services/digits/requirements.txt "scikit-learn==1.7.2"

# An ordinary user, by number, with a home and an entry in /etc/passwd.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /app /model /data \
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
ENV PYTHONPATH="/app:/opt/code/plain:/opt/code/plain/src:/opt/code/features:/opt/code/features/src:/opt/code/base:/opt/mlstack/packages"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 services/digits/.mlstack/entrypoint.py services/digits/.mlstack/fingerprint.py /opt/mlstack/

# plain is imported from the code, and installed as ../../libs/plain/setup.cfg has it.
COPY <<METADATA /opt/mlstack/packages/plain-0.1.dist-info/
Metadata-Version: 2.1
Name: plain
Version: 0.1
METADATA

# acme-features is imported from the code, and installed as ../../libs/features/pyproject.toml has it, with its commands.
COPY <<METADATA <<entry_points.txt /opt/mlstack/packages/acme_features-0.3.1.dist-info/
Metadata-Version: 2.1
Name: acme-features
Version: 0.3.1
METADATA
[console_scripts]
digits-train = acme_features.train:main
entry_points.txt
COPY --chmod=0755 <<digits-train /usr/local/bin/
#!/usr/bin/env python
import sys
from acme_features.train import main
sys.exit(main())
digits-train

# acme-base is imported from the code, and installed as ../../libs/base/pyproject.toml has it.
COPY <<METADATA /opt/mlstack/packages/acme_base-1.dist-info/
Metadata-Version: 2.1
Name: acme-base
Version: 1
METADATA

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID services/digits /app/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/plain /opt/code/plain/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/features /opt/code/features/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/base /opt/code/base/
USER 10001:10001
