# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:9d7ca3af2e731ab9

# The image of notebook.

# Python 3.11 on Debian 12 (bookworm): the default.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PYTORCH_INDEX_URL="https://download.pytorch.org/whl/cpu"
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# PyTorch 2.9.1, CPU wheels: no GPU is asked for.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --no-deps --index-url "$PYTORCH_INDEX_URL" "torch==2.9.1+cpu" \
    && pip install "torch==2.9.1+cpu"

# TensorFlow 2.20.0, CPU wheels: no GPU is asked for.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "tensorflow-cpu==2.20.0 ; platform_machine == 'x86_64'" "tensorflow==2.20.0 ; platform_machine != 'x86_64'" "torch==2.9.1+cpu"

# Further packages, with those that `tracking` brings.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "tensorboard" "torch==2.9.1+cpu" "tensorflow-cpu==2.20.0 ; platform_machine == 'x86_64'" "tensorflow==2.20.0 ; platform_machine != 'x86_64'"

# What the notebook has besides. Nothing that is installed by now changes: what is tried there behaves as in a job.
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m pip list --format=freeze > /tmp/installed.txt \
    && pip install "jupyterlab==4.6.6" -c /tmp/installed.txt \
    && rm /tmp/installed.txt

# An ordinary user, by number, with a home and an entry in /etc/passwd.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /app /model /data /tensorboard \
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

# Defaults of the frameworks; `environment` in the config wins.
ENV KERAS_HOME="/cache/keras"
ENV TFDS_DATA_DIR="/cache/tfds"
ENV TF_CPP_MIN_LOG_LEVEL="1"
ENV TORCHINDUCTOR_CACHE_DIR="/cache/inductor"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py /opt/mlstack/

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID . /app/
USER 10001:10001
