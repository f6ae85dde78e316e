# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.
# body sha256:9a45404b6fa1ee89

# The image of fetch-census.

# The newest Python that all clients are tested with here, on Debian 12.
FROM python:3.11-slim-bookworm AS runtime

# An ordinary user, by number; what is fetched belongs to it, since a new volume takes the owner of the folder it is mounted at.
ARG MLSTACK_UID=10001
ARG MLSTACK_GID=10001
RUN groupadd -o -g "$MLSTACK_GID" mlstack \
    && useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d /home/mlstack -m mlstack \
    && install -d -o "$MLSTACK_UID" -g "$MLSTACK_GID" /data
ENV PYTHONUNBUFFERED="1"
ENV HOME="/home/mlstack"

# One hands out the secrets, the other fetches.
COPY --link --chmod=0644 project/.mlstack/entrypoint.py project/.mlstack/fingerprint.py project/.mlstack/fetch.py /opt/mlstack/
USER 10001:10001
