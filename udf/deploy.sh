#!/usr/bin/env bash
# deploy.sh: puts the built UDF jar into the extension directory of whichever SQL server runs, and waits until the server
# has loaded it. ksqlDB reads that directory only when it starts, so the server is restarted: the containers' by
# Docker, the local one by itself as soon as it notices the new jar.
set -euo pipefail

cd "$(dirname "$0")/.."
jar=udf/target/flagstream-udf.jar
port=${SQL_PORT:-8088}
poll_seconds=${POLL_SECONDS:-2}
# Of a health check that fails 18 times before a server is given up: 5 minutes.
attempts=${POLL_ATTEMPTS:-150}
shell=(java -cp local/target/flagstream-local.jar dev.flagstream.engine.shell.ShellCommand)

# Replaced in one step: a server that starts meanwhile sees the old jar or the new one, never half of it.
install_jar() {
  mkdir -p "$1"
  cp "$jar" "$1/.flagstream-udf.jar.new"
  # The server in a container reads it as a user of its own.
  chmod 644 "$1/.flagstream-udf.jar.new"
  mv "$1/.flagstream-udf.jar.new" "$1/flagstream-udf.jar"
  echo "deployed $jar to $1"
}

# The containers of a service, by its name and one further filter.
containers() {
  docker ps --quiet --filter "label=com.docker.compose.service=$1" --filter "$2" 2> /dev/null || true
}

restart() {
  local container=$1 name state=
  name=$(docker inspect --format '{{.Name}}' "$container")
  name=${name#/}
  echo "restarting $name"
  docker restart "$container" > /dev/null
  for ((attempt = 0; attempt < attempts; attempt++)); do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$container")
    case $state in
      "running healthy") return ;;
      "running starting") sleep "$poll_seconds" ;;
      *) break ;;
    esac
  done
  {
    echo "$name has not started with the new jar (it is $state). The other servers go on with the one that they have loaded. The end of its log:"
    docker logs --tail=20 "$container" 2>&1 | sed 's/^/  /'
    echo "Build a jar that loads, and run 'make deploy-udf' again."
  } >&2
  exit 1
}

first=$(containers ksqldb-server "publish=$port" | head -n 1)
if [[ -n $first ]]; then
  install_jar data/cluster/extensions
  project=$(docker inspect --format '{{index .Config.Labels "com.docker.compose.project"}}' "$first")
  # One after the other: while one restarts, the others go on.
  for container in "$first" $(containers ksqldb-server-more "label=com.docker.compose.project=$project"); do
    restart "$container"
  done
  java -jar local/target/flagstream-local.jar functions --sql-port="$port"
else
  install_jar data/extensions
  java -jar local/target/flagstream-local.jar await-udfs --sql-port="$port"
fi

if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
  "${shell[@]}" --execute "DESCRIBE FUNCTION IS_FRAUD;" "http://127.0.0.1:$port"
fi
