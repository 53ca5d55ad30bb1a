#!/bin/sh
# Starts the failed tasks of every connector of this folder again, every WATCHDOG_SECONDS, until it is stopped. A task
# fails when the store is away, on purpose: good records then wait in Kafka instead of going to the dead-letter topic.
set -eu

connect_url=${CONNECT_URL:-http://127.0.0.1:8083}
connectors=${CONNECTORS:-$(dirname "$0")}
pause_seconds=${WATCHDOG_SECONDS:-10}

trap 'exit 0' INT TERM

rows=
case ,${SINKS:-mongodb}, in
  *,mysql,* | *,postgresql,*) rows=$connectors/sql/decisions-sql.json ;;
esac

lake=
case ,${SINKS:-mongodb}, in
  *,lake,*) for file in "$connectors"/lake/*.json; do lake="$lake $file"; done ;;
esac

while true; do
  # shellcheck disable=SC2086 # one file for each word: their folder is ours
  for file in "$connectors"/*.json ${WEBHOOK_URL:+"$connectors/webhook/fraud-alerts-webhook.json"} ${rows:+"$rows"} $lake; do
    name=$(basename "$file" .json)
    # Only failed tasks are restarted; where none has failed, this changes nothing.
    curl --silent --show-error --fail --output /dev/null --max-time 10 --request POST \
      "$connect_url/connectors/$name/restart?includeTasks=true&onlyFailed=true" ||
      echo "could not ask $connect_url about $name; trying again in $pause_seconds s" >&2
  done
  sleep "$pause_seconds" &
  wait $!
done
