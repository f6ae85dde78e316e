# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:dc112547e0ba567e

# The image of train.

# Python 3.11 on Debian 12 (bookworm): the default.
FROM python:3.11-slim-bookworm AS runtime

# Certificates from build.ca, trusted from here on: by programs, and by Python's libraries, which have lists of their own.
COPY --chmod=0644 company-ca.pem /usr/local/share/ca-certificates/mlstack-build-ca.crt
RUN if command -v update-ca-certificates > /dev/null; then update-ca-certificates; \
    else mkdir -p /etc/ssl/certs && cat /usr/local/share/ca-certificates/mlstack-build-ca.crt >> /etc/ssl/certs/ca-certificates.crt; fi
ENV SSL_CERT_FILE="/etc/ssl/certs/ca-certificates.crt"
ENV REQUESTS_CA_BUNDLE="/etc/ssl/certs/ca-certificates.crt"
ENV PIP_CERT="/etc/ssl/certs/ca-certificates.crt"
ENV CURL_CA_BUNDLE="/etc/ssl/certs/ca-certificates.crt"
ENV AWS_CA_BUNDLE="/etc/ssl/certs/ca-certificates.crt"

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PYTORCH_INDEX_URL="https://download.pytorch.org/whl/cu124"
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# Debian packages. Versions are not pinned, since mirrors drop old ones.
#   git: features is built with it
#   openssh-client: features is built with it
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git openssh-client \
    && rm -rf /var/lib/apt/lists/*

# PyTorch 2.5.1, wheels for CUDA 12.4, the newest of this version.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install --no-deps --index-url "$PYTORCH_INDEX_URL" "torch==2.5.1+cu124" \
    && pip install "torch==2.5.1+cu124"

# Further packages.
RUN --mount=type=ssh \
    --mount=type=ssh,id=deploy \
    --mount=type=cache,target=/root/.cache/pip \
    pip install "features @ git+ssh://git@git.example.com/ml/features.git@v1.2.0" "torch==2.5.1+cu124"

# From build.run[0].
RUN --mount=type=ssh \
    --mount=type=ssh,id=deploy \
    git clone git@git.example.com:ml/features.git /opt/features

# An ordinary user, by number, with a home and an entry in /etc/passwd.
ARG MLSTACK_UID=1000
ARG MLSTACK_GID=1000
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

# Defaults of the frameworks; `environment` in the config wins.
ENV TORCHINDUCTOR_CACHE_DIR="/cache/inductor"

# Runs the command, holds the model to its gate, and promotes it.
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py /opt/mlstack/

# The code comes last: an edit of it installs nothing.
WORKDIR /app
COPY --link --chown=$MLSTACK_UID:$MLSTACK_GID . /app/
USER 1000:1000
