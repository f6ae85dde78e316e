# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:d89e13412fb3abdc

# The image of train.

# Python 3.11 on Debian 12 (bookworm): the default.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# From build.args.
ARG FLAVOUR="plain"

# Debian packages. Versions are not pinned, since mirrors drop old ones.
#   make: given by `system`
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*

# From build.run[2].
RUN <<'STEP_2'
#!/usr/bin/env -S bash -euo pipefail
echo "built as $FLAVOUR for $(uname -m)" | tee /etc/flavour
STEP_2

# Further packages.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "nltk==3.9.1"

# From build.run[0].
RUN --mount=type=secret,id=GITHUB_TOKEN,required=true \
    --mount=type=secret,id=LICENSE_KEY,required=true \
    <<'STEP_0'
#!/usr/bin/env -S bash -euo pipefail
[ -s /run/secrets/GITHUB_TOKEN ] || { echo 'The secret GITHUB_TOKEN is empty, or not set.' >&2; exit 1; }
export GITHUB_TOKEN="$(< /run/secrets/GITHUB_TOKEN)" GITHUB_TOKEN_FILE=/run/secrets/GITHUB_TOKEN
[ -s /run/secrets/LICENSE_KEY ] || { echo 'The secret LICENSE_KEY is empty, or not set.' >&2; exit 1; }
export LICENSE_KEY_FILE=/run/secrets/LICENSE_KEY
python -m nltk.downloader -d /usr/local/share/nltk_data punkt
STEP_0

# From build.run[1].
RUN --mount=type=cache,target=/root/.cache/pip \
    pip download --no-deps -d /opt/wheels idna==3.7 && pip --version

# From build.run[4].
RUN --mount=type=secret,id=GITHUB_TOKEN,required=true \
    --mount=type=secret,id=LICENSE_KEY,required=true \
    <<'STEP_4'
#!/usr/bin/env python3
print('no shell at all')
STEP_4

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

# From build.run[3].
USER 1000
RUN --mount=type=secret,id=LICENSE_KEY,required=true,mode=0444 \
    --mount=type=secret,id=OTHER_TOKEN,required=true,mode=0444 \
    <<'STEP_3'
#!/usr/bin/env -S bash -euo pipefail
[ -s /run/secrets/LICENSE_KEY ] || { echo 'The secret LICENSE_KEY is empty, or not set.' >&2; exit 1; }
export LICENSE_KEY_FILE=/run/secrets/LICENSE_KEY
[ -s /run/secrets/OTHER_TOKEN ] || { echo 'The secret OTHER_TOKEN is empty, or not set.' >&2; exit 1; }
export OTHER_TOKEN="$(< /run/secrets/OTHER_TOKEN)" OTHER_TOKEN_FILE=/run/secrets/OTHER_TOKEN
for name in one two; do
  echo "$name costs 100% of $HOME" >> /app/names
done
# STEP
cat <<'STEP'
STEP
STEP_3
USER root

USER 10001:10001
