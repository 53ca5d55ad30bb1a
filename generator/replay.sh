#!/usr/bin/env bash
# replay.sh: streams the CSV files that CSV names into Kafka; what `make replay` runs. Settings come from the environment:
# CSV="file …"; KIND KEY TIME_COLUMN TIME_UNIT START_TIME LABEL SCENARIO ID LABEL_DELAY SPEED COUNT STREAM TOPIC HEADER
# ENCODING DELIMITER REJECTS as the options of that name; TYPES="COLUMN=TYPE …"; APPLY=1; DRY_RUN=1; OPTIONS='any other …'.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ -z ${CSV:-} ]]; then
  echo "Name the file, as in: make replay CSV=transactions.csv" >&2
  exit 2
fi

arguments=("--bootstrap-servers=127.0.0.1:${KAFKA_PORT:-9092}" "--sql-server=http://127.0.0.1:${SQL_PORT:-8088}")

option() { # name of the option, its value: nothing if there is none
  if [[ -n ${2:-} ]]; then arguments+=("$1=$2"); fi
}

option --as "${KIND:-}"
option --key "${KEY:-}"
option --time-column "${TIME_COLUMN:-}"
option --time-unit "${TIME_UNIT:-}"
option --start-time "${START_TIME:-}"
option --label "${LABEL:-}"
option --scenario "${SCENARIO:-}"
option --id "${ID:-}"
option --label-delay "${LABEL_DELAY:-}"
option --speed "${SPEED:-}"
option --count "${COUNT:-}"
option --stream "${STREAM:-}"
option --topic "${TOPIC:-}"
option --header "${HEADER:-}"
option --encoding "${ENCODING:-}"
option --delimiter "${DELIMITER:-}"
option --rejects "${REJECTS:-}"
for type in ${TYPES:-}; do option --type "$type"; done
if [[ -n ${APPLY:-} ]]; then arguments+=(--apply); fi
if [[ -n ${DRY_RUN:-} ]]; then arguments+=(--dry-run); fi

# Several files and options are separated by spaces.
# shellcheck disable=SC2086
exec ${JAVA:-java} -jar "$here/target/flagstream-generator.jar" replay "${arguments[@]}" ${OPTIONS:-} -- $CSV
