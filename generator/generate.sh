#!/usr/bin/env bash
# generate.sh: runs the generator against whatever is running; what `make generate` runs. Settings come from the environment:
# SEED, RATE (transactions per second), DURATION (seconds), FRESH=1 (starts anew), FROM=2026-01-01 [TO=…] for the past instead
# of now, OPTIONS='any other …'.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
arguments=("--bootstrap-servers=127.0.0.1:${KAFKA_PORT:-9092}")

option() { # name of the option, its value: nothing if there is none
  if [[ -n ${2:-} ]]; then arguments+=("$1=$2"); fi
}

option --seed "${SEED:-}"
option --duration "${DURATION:-}"
if [[ -n ${FROM:-} ]]; then
  arguments+=(--clock=backfill)
  option --from "$FROM"
  option --to "${TO:-}"
else
  arguments+=(--clock=live --catch-up=1h)
  option --rate "${RATE:-}"
fi
if [[ -n ${FRESH:-} ]]; then arguments+=(--fresh); fi

# Several options are separated by spaces.
# shellcheck disable=SC2086
exec ${JAVA:-java} -jar "$here/target/flagstream-generator.jar" "${arguments[@]}" ${OPTIONS:-}
