#!/usr/bin/env bash
# deploy.sh: puts the built UDF jar into the extension directory of whichever SQL server runs, and waits until the server
# has loaded it. ksqlDB reads that directory only when it starts, so the server is restarted: the containers' by
# Docker, the local one by itself as soon as it notices the new jar.
set -euo pipefail

cd "$(dirname "$0")/.."
jar=udf/target/flagstream-udf.jar
server="http://127.0.0.1:${SQL_PORT:-8088}"
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

cluster=$(docker ps --quiet --filter ancestor=confluentinc/cp-ksqldb-server:8.3.1 2> /dev/null || true)
if [[ -n $cluster ]]; then
  install_jar data/cluster/extensions
  # One after the other: while one restarts, the others go on.
  for server_container in $cluster; do
    docker restart "$server_container" > /dev/null
  done
else
  install_jar data/extensions
fi

java -jar local/target/flagstream-local.jar await-udfs --sql-port="${SQL_PORT:-8088}"
if (exec 3<> "/dev/tcp/127.0.0.1/${SQL_PORT:-8088}") 2> /dev/null; then
  "${shell[@]}" --execute "DESCRIBE FUNCTION IS_FRAUD;" "$server"
fi
