# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:6dc5aca58fd26e94

# The image of fetch-model.

# The newest Python that all clients are tested with here, on Debian 12.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# The clients of what is fetched from.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "s3fs==2026.9.0"

# An ordinary user, by number; what is fetched belongs to it, since a new volume takes the owner of the folder it is mounted at.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /data
ENV PYTHONUNBUFFERED="1"
ENV HOME="/home/mlstack"

# One hands out the secrets, the other fetches.
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py .mlstack/fetch.py /opt/mlstack/
USER 10001:10001
