#!/usr/bin/env bash
# mongosh.sh: the real MongoDB shell on the database flagstream: the installed one, the one in the container, or by npx.
# QUERY, if set, is evaluated and printed instead of a prompt; after it FILE, one or more scripts (connect/queries has some).
# MONGO_PORT says where the store listens; MONGO_USER, as which user of connect/mongodb/users.js the containers' is asked: reader.
set -euo pipefail

cd "$(dirname "$0")/.."
port=${MONGO_PORT:-27017}
address=127.0.0.1:$port
if ! login=$(connect/mongo-uri.sh "${MONGO_USER:-reader}") || [[ -z $login ]]; then
  login=mongodb://$address/
fi
uri=${login/$address\//$address/flagstream}
# Pinned, so that everybody sees the same shell.
npm_package=mongosh@2.12.0

arguments=("$uri" --quiet)
if [[ -n ${QUERY:-} ]]; then
  arguments+=(--eval "$QUERY")
fi
for file in ${FILE:-}; do
  if [[ ! -r $file ]]; then
    echo "There is no script $file. Scripts are: $(echo connect/queries/*.js)" >&2
    exit 1
  fi
  # As text: a shell in a container does not see our files. In braces, so that scripts may use the same names.
  arguments+=(--eval "{ $(< "$file")
}")
done

if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
  echo "Nothing listens on 127.0.0.1:$port. Start it with 'make demo' or 'make up', or set MONGO_PORT." >&2
  exit 1
fi

if command -v mongosh > /dev/null; then
  exec mongosh "${arguments[@]}"
elif container=$(connect/mongodb-container.sh) && [[ -n $container ]]; then
  arguments[0]=${uri/$address/127.0.0.1:27017}
  tty=()
  [[ -t 0 && -t 1 ]] && tty=(--tty)
  exec docker exec --interactive "${tty[@]}" "$container" mongosh "${arguments[@]}"
elif command -v npx > /dev/null; then
  echo "mongosh is not installed; running $npm_package by npx (the first time it downloads 50 MB)" >&2
  exec npx --yes "$npm_package" "${arguments[@]}"
else
  echo "Install mongosh, or Node.js 20, whose npx can fetch it." >&2
  exit 1
fi
