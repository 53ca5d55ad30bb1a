#!/usr/bin/env bash
# start.sh: whole demos on fresh data, one after the other, on an otherwise quiet machine and with busy loops beside.
#   RUNS=5        of each kind
#   SECONDS_EACH=60  that each demo generates (DURATION)
#   BUSY="0 2"    how many busy loops run beside, one kind of run for each number
#   RATE=1000     transactions per second
# Arguments are options of the demo.
# Prints a line per run, from the summary that each run writes: seconds from the start of the process until all is ready,
# the first decision, the first flagged document in the store, and the end; the most transactions that waited for the SQL in
# the first minute, and the longest that one had waited; CPU time; the most resident memory; the exit code.
set -euo pipefail

cd "$(dirname "$0")/.."
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-60}
rate=${RATE:-1000}
port=${PORT:-19192}
data=$(mktemp -d)
loops=()
stop_loops() {
  if (( ${#loops[@]} )); then kill "${loops[@]}" 2> /dev/null || true; wait "${loops[@]}" 2> /dev/null || true; fi
  loops=()
}
trap 'stop_loops; rm -rf "$data"' EXIT
trap 'exit 130' INT TERM

printf '%-5s %4s %8s %10s %10s %8s %9s %9s %8s %8s %5s\n' \
  busy run ready decision document end waiting 'wait s' 'CPU s' 'RSS MiB' exit
for busy in ${BUSY:-0 2}; do
  for ((run = 1; run <= runs; run++)); do
    rm -rf "$data/run"
    for ((i = 0; i < busy; i++)); do
      (trap - EXIT; while :; do :; done) &
      loops+=($!)
    done
    begin=$(date +%s.%N)
    code=0
    local/flagstream.sh demo --data "$data/run" --duration "$seconds" --rate "$rate" --kafka-port "$port" \
      --sql-port $((port + 1)) --connect-port $((port + 2)) --mongo-port $((port + 3)) "$@" > "$data/log" 2>&1 || code=$?
    end=$(date +%s.%N)
    stop_loops
    if [[ ! -f $data/run/summary.json ]]; then
      printf '%-5s %4s wrote no summary; exit code %s; its last lines:\n' "$busy" "$run" "$code"
      tail -n 10 "$data/log"
      continue
    fi
    python3 - "$data/run/summary.json" "$busy" "$run" "$begin" "$end" "$code" << 'PYTHON'
import json, sys
r = json.load(open(sys.argv[1]))["run"]
n = lambda value, digits=1: "–" if value is None else "%.*f" % (digits, value)
print("%-5s %4s %8s %10s %10s %8s %9s %9s %8s %8s %5s" % (
    sys.argv[2], sys.argv[3], n(r["secondsToReady"]), n(r["secondsToFirstDecision"]), n(r["secondsToFirstFlagged"]),
    n(float(sys.argv[5]) - float(sys.argv[4])), r["mostWaiting"], n(r["longestWaitSeconds"]), n(r["cpuSeconds"], 0),
    n(r["mostResidentMemoryMiB"], 0), sys.argv[6]))
PYTHON
  done
done
