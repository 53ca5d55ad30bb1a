#!/usr/bin/env bash
# mongodb-container.sh: the container of MongoDB, of `make up`, that has the port MONGO_PORT of this machine. Prints nothing if there
# is none, as with the local stack.
set -euo pipefail

docker ps --quiet --filter label=com.docker.compose.service=mongodb --filter "publish=${MONGO_PORT:-27017}" 2> /dev/null | head -n 1 || true
