#!/usr/bin/env bash
# mongo-uri.sh USER: where the MongoDB of the containers is, as a user of connect/mongodb/users.js. Prints nothing if no such
# container has the port MONGO_PORT, as with the local stack, whose store knows no users. FLAGSTREAM_MONGO_URI, if set, is the answer.
set -euo pipefail

cd "$(dirname "$0")/.."
port=${MONGO_PORT:-27017}
password=data/cluster/mongodb/$1.password
if [[ -n ${FLAGSTREAM_MONGO_URI:-} ]]; then
  echo "$FLAGSTREAM_MONGO_URI"
elif [[ -s $password ]] && [[ -n $(connect/mongodb-container.sh) ]]; then
  echo "mongodb://$1:$(< "$password")@127.0.0.1:$port/?authSource=flagstream"
fi
