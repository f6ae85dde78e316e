# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:005497cdb05061b8

# The image of train, evaluate, serve, test and report.

# Python 3.11 on Debian 12 (bookworm): given by `python`.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# scikit-learn 1.9.1, its wheels run on the CPU alone.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "scikit-learn==1.9.1"

# The packages of requirements.txt that are not installed otherwise.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=reader/.mlstack/train.requirements.txt,target=/requirements/reader/requirements.txt \
    pip install -r /requirements/reader/requirements.txt "scikit-learn==1.9.1"

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
ENV PYTHONPATH="/app:/opt/code/pixels:/opt/code/pixels/src:/opt/mlstack/packages"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 reader/.mlstack/entrypoint.py reader/.mlstack/fingerprint.py /opt/mlstack/

# pixels is imported from the code, and installed as ../libs/pixels/pyproject.toml has it.
COPY <<METADATA /opt/mlstack/packages/pixels-1.0.0.dist-info/
Metadata-Version: 2.1
Name: pixels
Version: 1.0.0
Requires-Python: >=3.11
METADATA

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID reader /app/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/pixels /opt/code/pixels/
USER 10001:10001
