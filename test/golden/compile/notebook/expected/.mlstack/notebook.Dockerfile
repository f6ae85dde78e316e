# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:5393837465c7f745

# The image of notebook.

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

# The packages of pyproject.toml that are not installed otherwise.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=project/.mlstack/train.requirements.txt,target=/requirements/project/pyproject.toml.txt \
    pip install -r /requirements/project/pyproject.toml.txt "scikit-learn==1.7.2"

# What the notebook has besides. Nothing that is installed by now changes: what is tried there behaves as in a job.
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m pip list --format=freeze > /tmp/installed.txt \
    && pip install "jupyterlab==4.6.6" "seaborn>=0.13" -c /tmp/installed.txt \
    && rm /tmp/installed.txt

# An ordinary user, by number, with a home and an entry in /etc/passwd.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /app /model /data /app/plots \
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
ENV PYTHONPATH="/app:/opt/code/features:/opt/mlstack/packages"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 project/.mlstack/entrypoint.py project/.mlstack/fingerprint.py /opt/mlstack/

# digits is imported from the code, and installed as pyproject.toml has it.
COPY <<METADATA /opt/mlstack/packages/digits-1.0.dist-info/
Metadata-Version: 2.1
Name: digits
Version: 1.0
METADATA

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID project /app/
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID libs/features /opt/code/features/
USER 10001:10001
