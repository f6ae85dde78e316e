# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:6a95f1d31590a3c2

# The image of train and serve.

# Taken from build.from.
FROM python:3.12-bookworm AS runtime
USER root

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# From build.args.
ARG FLAVOUR="plain"
ARG VERSION
ARG FROM_SHELL

# Debian packages. Versions are not pinned, since mirrors drop old ones.
#   ffmpeg=7:5.1.6-0+deb12u1: given by `system`
#   libgl1: given by `system`
#   libgomp1: given by `system`
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg=7:5.1.6-0+deb12u1 libgl1 libgomp1 \
    && rm -rf /var/lib/apt/lists/*

# scikit-learn 1.9.1, its wheels run on the CPU alone.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "scikit-learn==1.9.1"

# The packages of requirements.txt.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=requirements.txt,target=/requirements/requirements.txt \
    --mount=type=bind,source=requirements/base.txt,target=/requirements/requirements/base.txt \
    pip install -r /requirements/requirements.txt "scikit-learn==1.9.1"

# The packages of requirements/more.txt.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=requirements/more.txt,target=/requirements/requirements/more.txt \
    pip install -r /requirements/requirements/more.txt "scikit-learn==1.9.1"

# Further packages.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "idna>=3,<4" "certifi" "scikit-learn==1.9.1"

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
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py /opt/mlstack/

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID . /app/
USER 10001:10001
