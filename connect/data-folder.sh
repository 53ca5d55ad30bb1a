#!/usr/bin/env bash
# data-folder.sh: the folder with the card token key of what runs: data/cluster if the MongoDB of the containers has the port
# MONGO_PORT, else data, which is the local stack's.
set -euo pipefail

cd "$(dirname "$0")/.."
if [[ -n $(connect/mongodb-container.sh) ]]; then
  echo data/cluster
else
  echo data
fi
