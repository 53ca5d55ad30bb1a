#!/usr/bin/env bash
# monitoring.sh: what it costs a running pipeline that Prometheus asks it. One demo, in whose time stretches in which nobody asks
# and stretches in which its metrics are fetched take turns: each pair is of one process, minutes apart.
#   RATE=500         transactions per second
#   WARM_UP=120      seconds before the first stretch
#   PAIRS=6          of stretches
#   SECONDS_EACH=30  of a stretch
#   EVERY=5          seconds between two fetches; monitoring/prometheus.yml says 15
#   IDLE=1           in those stretches nothing flows: WARM_UP seconds of transactions go before them. The process then takes so
#                    little that what a fetch costs in all its threads, the broker's and the servers' too, stands out
# Arguments are options of the demo. Prints a line per pair: CPU time of the whole process for a transaction in both stretches, and their ratio; and how much of it
# the threads that answer have taken, which does not depend on what else the machine does (but leaves out what the broker and
# the servers do for them). Then the medians, and what follows from them for a fetch every 15 s, since each costs the same.
set -euo pipefail

cd "$(dirname "$0")/.."
rate=${RATE:-500}
pairs=${PAIRS:-6}
seconds=${SECONDS_EACH:-30}
every=${EVERY:-5}
warm_up=${WARM_UP:-120}
port=${PORT:-19192}
url=http://127.0.0.1:$((port + 4))/metrics
data=$(mktemp -d)
demo=
trap '[[ -z $demo ]] || kill -TERM "$demo" 2> /dev/null || true; [[ -z $demo ]] || wait "$demo" || true; rm -rf "$data"' EXIT
trap 'exit 130' INT TERM

FLAGSTREAM=${FLAGSTREAM:-local/flagstream.sh}
: > "$data/log"
kind=(demo --rate "$rate")
[[ -z ${IDLE:-} ]] || kind=(stack)
"$FLAGSTREAM" "${kind[@]}" --data "$data/run" --kafka-port "$port" --sql-port $((port + 1)) --connect-port $((port + 2)) \
  --mongo-port $((port + 3)) --metrics-port $((port + 4)) --no-dashboard "$@" > "$data/log" 2>&1 &
demo=$!
until grep -q 'Metrics for Prometheus' "$data/log"; do
  kill -0 "$demo" || { cat "$data/log"; exit 1; }
  sleep 1
done

if [[ -n ${IDLE:-} ]]; then
  "$FLAGSTREAM" generate --bootstrap-servers 127.0.0.1:"$port" --rate "$rate" --duration "$warm_up" > "$data/generated" 2>&1 || { cat "$data/generated"; exit 1; }
  warm_up=20
fi

python3 - "$demo" "$url" "$warm_up" "$pairs" "$seconds" "$every" "${IDLE:-}" << 'PYTHON'
import os, statistics, sys, time, urllib.request
pid, url, warm_up, pairs, seconds, every = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:7])
idle = bool(sys.argv[7])
ticks = os.sysconf("SC_CLK_TCK")

def cpu():  # of all threads, in seconds
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / ticks

def answering():  # of the threads that answer, in seconds
    used = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            name, fields = open(f"/proc/{pid}/task/{thread}/stat").read().split("(", 1)[1].rsplit(")", 1)
        except FileNotFoundError:
            continue  # has ended since
        if name.startswith(("prometheus-http", "pipeline-watch")):
            used += (int(fields.split()[11]) + int(fields.split()[12])) / ticks
    return used

def scored():
    lines = urllib.request.urlopen(url, timeout=30).read().decode().splitlines()
    return next(float(line.split()[-1]) for line in lines
                if line.startswith('flagstream_records_total{topic="scored_transactions"}'))

def spent(fetches):  # seconds of CPU in a stretch, and how many fetches there were
    begin, end, asked = cpu(), time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if fetches:
            urllib.request.urlopen(url, timeout=30).read()
            asked += 1
        time.sleep(min(every, max(0, left)))
    return cpu() - begin, asked

def stretch(fetches):
    first = scored()  # outside of what is measured, in both kinds
    begin, ours, end = cpu(), answering(), time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if fetches:
            urllib.request.urlopen(url, timeout=30).read()
        time.sleep(min(every, max(0, left)))
    used, ours = cpu() - begin, answering() - ours
    return 1e6 * used / (scored() - first), ours / used

time.sleep(warm_up)
scored()
if idle:
    costs = []
    print("%10s %10s %15s" % ("without s", "with s", "ms for a fetch"), flush=True)
    for pair in range(int(pairs)):
        kinds = (False, True) if pair % 2 == 0 else (True, False)
        cost = {kind: spent(kind) for kind in kinds}
        costs.append(1000 * (cost[True][0] - cost[False][0]) / cost[True][1])
        print("%10.2f %10.2f %15.0f" % (cost[False][0], cost[True][0], costs[-1]), flush=True)
    print("median %.0f ms of CPU for a fetch, which is %.2f %% of a core with one every 15 s"
          % (statistics.median(costs), statistics.median(costs) / 150))
    sys.exit()
ratios, shares = [], []
print("%10s %10s %7s %8s" % ("without µs", "with µs", "ratio", "threads"), flush=True)
for pair in range(int(pairs)):
    # The order changes, so that what drifts does not count for one of them.
    kinds = (False, True) if pair % 2 == 0 else (True, False)
    cost = {kind: stretch(kind) for kind in kinds}
    ratios.append(cost[True][0] / cost[False][0])
    shares.append(cost[True][1])
    print("%10.0f %10.0f %7.3f %6.2f %%" % (cost[False][0], cost[True][0], ratios[-1], 100 * shares[-1]), flush=True)
ratio, share = statistics.median(ratios), statistics.median(shares)
print("median ratio %.3f, threads %.2f %% with a fetch every %g s; with one every 15 s %+.1f %%, threads %.2f %%"
      % (ratio, 100 * share, every, 100 * (ratio - 1) * every / 15, 100 * share * every / 15))
PYTHON
