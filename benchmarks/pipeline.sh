#!/usr/bin/env bash
# pipeline.sh [SECONDS] [RATES…]: the whole local pipeline on a fresh data directory, once at each rate, side by side.
# Prints, from the summary that each run writes: transactions per second from the generator to the verdict, CPU per
# transaction of the whole process (broker, SQL, Connect, store and generator), start-up time and resident memory.
set -euo pipefail

cd "$(dirname "$0")/.."
seconds=${1:-30}
shift || true
rates=("${@:-1000}")
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
[[ -f local/target/flagstream-local.jar ]] || make build

printf '%-8s %12s %14s %12s %14s %10s %s\n' rate transactions 'per second' 'CPU µs each' 'first flagged' 'RSS MiB' balanced
for rate in "${rates[@]}"; do
  TIMEFORMAT='%U %S'
  { time local/flagstream.sh demo --fresh --data "$data" --duration "$seconds" \
    --rate "$rate" --kafka-port 19192 --sql-port 18188 --connect-port 18183 --mongo-port 27117 > "$data.log" 2>&1; } 2> "$data.time" ||
    { tail -n 20 "$data.log" >&2; exit 1; }
  cpu=$(tail -n 1 "$data.time" | awk '{print ($1 + $2) * 1e6}')
  python3 - "$data/summary.json" "$rate" "$cpu" << 'PYTHON'
import json, sys
s = json.load(open(sys.argv[1]))
print("%-8s %12d %14.0f %12.0f %13.1fs %10d %s" % (
    sys.argv[2], s["generated"], s["transactionsPerSecond"], float(sys.argv[3]) / s["generated"],
    s["run"]["secondsToFirstFlagged"], s["run"]["mostResidentMemoryMiB"], s["balanced"]))
PYTHON
done
rm -f "$data.log" "$data.time"
