# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:f137aa13d5ba23ee

# The image of train and serve.

# Python 3.13 on Debian 12 (bookworm): given by `python`.
FROM python:3.13-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# scikit-learn 1.9.1, its wheels run on the CPU alone.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "scikit-learn==1.9.1"

# Further packages, with those that `serve` brings.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "mlflow==3.17.2" "scikit-learn==1.9.1"

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
ENV PYTHONPATH="/app"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py .mlstack/model_server.py /opt/mlstack/

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID . /app/
USER 10001:10001
