# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:d0f8eaf6c0434a9a

# The image of tracking.

# The newest Python that MLflow is tested with here, on Debian 12.
FROM python:3.11-slim-bookworm AS runtime

# What the shell sets at build wins over the defaults of pip: a mirror needs no edit here.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_INDEX_URL
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_ROOT_USER_ACTION=ignore

# The server, and nothing of the project.
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install "mlflow==3.17.2"

# An ordinary user, by number; what is recorded belongs to it, since a new volume takes the owner of the folder it is mounted at.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /mlflow
ENV PYTHONUNBUFFERED="1"
ENV HOME="/home/mlstack"

# Hands out the secrets, and passes signals on.
COPY --link --chmod=0644 .mlstack/entrypoint.py .mlstack/fingerprint.py /opt/mlstack/
USER 10001:10001
