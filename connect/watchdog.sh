#!/bin/sh
# Starts the failed tasks of every connector of a Connect cluster again, every WATCHDOG_SECONDS, until it is stopped. A task
# fails when the store is away, on purpose: good records then wait in Kafka instead of going to the dead-letter topic.
set -euf

connect_url=${CONNECT_URL:-http://127.0.0.1:8083}
pause_seconds=${WATCHDOG_SECONDS:-10}

IFS=,
trap 'exit 0' INT TERM

while true; do
  # The answer is ["a","b"], which the image has no program to read. Names of ours are letters, digits and dashes.
  if all=$(curl --silent --show-error --fail --max-time 10 "$connect_url/connectors"); then
    all=${all#"["}
    all=${all%"]"}
    for name in $all; do
      name=${name#\"}
      name=${name%\"}
      # Only failed tasks are restarted; where none has failed, this changes nothing.
      curl --silent --show-error --fail --output /dev/null --max-time 10 --request POST \
        "$connect_url/connectors/$name/restart?includeTasks=true&onlyFailed=true" ||
        echo "could not ask $connect_url about $name; trying again in $pause_seconds s" >&2
    done
  else
    echo "could not ask $connect_url for its connectors; trying again in $pause_seconds s" >&2
  fi
  sleep "$pause_seconds" &
  wait $!
done
