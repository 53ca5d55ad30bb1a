#!/usr/bin/env bash
# latency.sh: how long a transaction takes from the till to its topic, to its decision and into MongoDB, in one demo for each
# way to set what waits on the way, in turns.
#   RATE=500         transactions per second
#   SECONDS_EACH=90  that each demo generates
#   WARM_UP=45s      at its beginning, of which the transactions do not count
#   ROUNDS=1         through all settings
#   COMMITS="250 100 50 25"  ms between two commits of a query
# Arguments are options of the demo. Prints a line per run, from its summary: for each stage the median, and what 99 of 100 and
# 999 of 1,000 took no longer than, in ms; CPU time of the whole process for a transaction, its start included.
set -euo pipefail

cd "$(dirname "$0")/.."
rate=${RATE:-500}
seconds=${SECONDS_EACH:-90}
port=${PORT:-19192}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
trap 'exit 130' INT TERM

printf '%6s %7s | %21s | %21s | %21s | %7s %5s\n' rate commit 'topic p50 p99 p99.9' 'decision' 'MongoDB' 'CPU µs' exit
for ((round = 1; round <= ${ROUNDS:-1}; round++)); do
  for commit in ${COMMITS:-250 100 50 25}; do
    rm -rf "$data/run"
    # What a commit shows goes on at once: neither a reader nor a sender waits for more.
    wait=$((commit < 100 ? 5 : 100))
    code=0
    local/flagstream.sh demo --data "$data/run" --duration "$seconds" --rate "$rate" --latency-after "${WARM_UP:-45s}" \
      --kafka-port "$port" --sql-port $((port + 1)) --connect-port $((port + 2)) --mongo-port $((port + 3)) --no-dashboard --metrics-port 0 \
      --sql-property "ksql.streams.commit.interval.ms=$commit" \
      --sql-property "ksql.streams.consumer.fetch.max.wait.ms=$wait" \
      --sql-property "ksql.streams.producer.linger.ms=$((commit < 100 ? 5 : 100))" "$@" > "$data/log" 2>&1 || code=$?
    if [[ ! -f $data/run/summary.json ]]; then
      printf '%6s %7s wrote no summary; exit code %s; its last lines:\n' "$rate" "$commit" "$code"
      tail -n 10 "$data/log"
      continue
    fi
    python3 - "$data/run/summary.json" "$rate" "$commit" "$code" << 'PYTHON'
import json, sys
summary = json.load(open(sys.argv[1]))
if not summary["latency"]["toStore"]["count"]:
    sys.exit("%6s %7s nothing was decided after the warm-up: is WARM_UP shorter than SECONDS_EACH?" % (sys.argv[2], sys.argv[3]))
stage = lambda name: "%6d %6d %7d" % tuple(summary["latency"][name][p] for p in ("p50", "p99", "p99.9"))
print("%6s %7s | %21s | %21s | %21s | %7.0f %5s" % (
    sys.argv[2], sys.argv[3], stage("toTopic"), stage("toDecision"), stage("toStore"),
    1e6 * summary["run"]["cpuSeconds"] / summary["generated"], sys.argv[4]))
PYTHON
  done
done
