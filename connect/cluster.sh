#!/usr/bin/env bash
# cluster.sh up|down|ps|logs: runs the containers of docker-compose.yml.
set -euo pipefail

cd "$(dirname "$0")/.."
data=data/cluster

compose() {
  if docker compose version > /dev/null 2>&1; then
    docker compose "$@"
  elif command -v docker-compose > /dev/null; then
    docker-compose "$@"
  else
    echo "Docker Compose is not installed. Without Docker, 'make demo' runs the same pipeline." >&2
    exit 1
  fi
}

require_docker() {
  if ! docker info > /dev/null 2>&1; then
    echo "No Docker engine answers. Start one, or run 'make demo', which needs none." >&2
    exit 1
  fi
}

prepare_mounts() {
  mkdir -p "$data/extensions" "$data/secrets"
  cp udf/target/flagstream-udf.jar "$data/extensions/"
  if [[ ! -s $data/secrets/card-token.key ]]; then
    head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$data/secrets/card-token.key"
    # Other users of this machine cannot reach it through the folder; the server in the container can.
    chmod 700 "$data"
    chmod 644 "$data/secrets/card-token.key"
    echo "made the card token key $data/secrets/card-token.key: keep it, tokens depend on it"
  fi
}

case ${1:-} in
  up)
    require_docker
    prepare_mounts
    compose up --build --detach
    echo "The pipeline is starting. Next: make ps, make logs, make windows, make ksql, make mongosh; make down ends it."
    ;;
  down)
    require_docker
    compose down "${@:2}"
    ;;
  ps)
    if docker info > /dev/null 2>&1 && [[ -n $(compose ps -q) ]]; then
      compose ps
    else
      exec java -jar local/target/flagstream-local.jar status --kafka-port="$KAFKA_PORT" --sql-port="$SQL_PORT" \
        --connect-port="$CONNECT_PORT" --mongo-port="$MONGO_PORT"
    fi
    ;;
  logs)
    if docker info > /dev/null 2>&1 && [[ -n $(compose ps -q) ]]; then
      compose logs --follow --tail=100
    elif [[ -f data/logs/flagstream.log ]]; then
      exec tail -n 100 -F data/logs/flagstream.log
    else
      echo "Nothing has run yet: neither containers (make up) nor the local stack (make demo)." >&2
      exit 1
    fi
    ;;
  *)
    echo "usage: cluster.sh up|down [--volumes]|ps|logs" >&2
    exit 2
    ;;
esac
