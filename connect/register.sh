#!/bin/sh
# Registers every connector file of this folder with a Connect worker, once the worker is healthy. Running it again
# updates the connectors. CONNECT_URL says where the worker is; CONNECTORS, where the files are.
set -eu

connect_url=${CONNECT_URL:-http://127.0.0.1:8083}
connectors=${CONNECTORS:-$(dirname "$0")}

echo "Waiting for Kafka Connect at $connect_url"
if ! curl --silent --show-error --fail --output /dev/null \
  --retry 60 --retry-delay 2 --retry-all-errors --max-time 10 "$connect_url/health" 2> /dev/null; then
  echo "Kafka Connect at $connect_url did not become healthy within two minutes; look at its log." >&2
  exit 1
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

for file in "$connectors"/*.json; do
  name=$(basename "$file" .json)
  status=$(curl --silent --show-error --output "$answer" --write-out '%{http_code}' \
    --retry 5 --retry-delay 2 --max-time 60 \
    --request PUT --header 'Content-Type: application/json' --data-binary "@$file" \
    "$connect_url/connectors/$name/config")
  case $status in
    200 | 201)
      echo "registered $name"
      ;;
    *)
      echo "Kafka Connect refused $file with HTTP status $status:" >&2
      cat "$answer" >&2
      echo >&2
      exit 1
      ;;
  esac
done
