#!/bin/sh
# Registers every connector file of this folder with a Connect worker, once the worker is healthy. Running it again
# updates the connectors. CONNECT_URL says where the worker is; CONNECTORS, where the files are. The webhook is registered
# if WEBHOOK_URL has an address, and removed if it is empty; so are the sink of rows if SINKS names a SQL database or not,
# and those to the lake if it names one or not. What is not set changes nothing: no connector of an earlier run is removed.
set -eu

connect_url=${CONNECT_URL:-http://127.0.0.1:8083}
connectors=${CONNECTORS:-$(dirname "$0")}
attempts=${REGISTER_ATTEMPTS:-60}
pause_seconds=${REGISTER_PAUSE_SECONDS:-2}

echo "Waiting for Kafka Connect at $connect_url"
if ! curl --silent --show-error --fail --output /dev/null \
  --retry "$attempts" --retry-delay "$pause_seconds" --retry-all-errors --max-time 10 "$connect_url/health" 2> /dev/null; then
  echo "Kafka Connect at $connect_url did not become healthy after $attempts attempts; look at its log." >&2
  exit 1
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

put() {
  curl --silent --show-error --output "$answer" --write-out '%{http_code}' --max-time 60 \
    --request PUT --header 'Content-Type: application/json' --data-binary "@$1" \
    "$connect_url/connectors/$2/config" || true
}

remove() {
  curl --silent --output /dev/null --max-time 60 --request DELETE "$connect_url/connectors/$1" || true
}

webhook=$connectors/webhook/fraud-alerts-webhook.json
if [ -n "${WEBHOOK_URL+set}" ] && [ -z "$WEBHOOK_URL" ]; then
  remove fraud-alerts-webhook
fi

rows=
case ,${SINKS:-}, in
  *,mysql,* | *,postgresql,*) rows=$connectors/sql/decisions-sql.json ;;
  *) [ -z "${SINKS+set}" ] || remove decisions-sql ;;
esac

lake=
for file in "$connectors"/lake/*.json; do
  case ,${SINKS:-}, in
    *,lake,*) lake="$lake $file" ;;
    *) [ -z "${SINKS+set}" ] || remove "$(basename "$file" .json)" ;;
  esac
done

# The bucket of the lake may be about to be made.
is_early() {
  [ "$1" = 400 ] && case $(cat "$answer") in *'There is no bucket'*) true ;; *) false ;; esac
}

# shellcheck disable=SC2086 # one file for each word: their folder is ours
for file in "$connectors"/*.json ${WEBHOOK_URL:+"$webhook"} ${rows:+"$rows"} $lake; do
  name=$(basename "$file" .json)
  left=$attempts
  status=$(put "$file" "$name")
  # A worker that is still making up its group answers 409; one that is away, nothing (000).
  while [ "$left" -gt 1 ] && { [ "$status" = 409 ] || [ "$status" = 000 ] || [ "$status" -ge 500 ] || is_early "$status"; }; do
    left=$((left - 1))
    sleep "$pause_seconds"
    status=$(put "$file" "$name")
  done
  case $status in
    200 | 201)
      echo "registered $name"
      ;;
    *)
      echo "Kafka Connect did not take $file; HTTP status $status:" >&2
      cat "$answer" >&2
      echo >&2
      exit 1
      ;;
  esac
done
