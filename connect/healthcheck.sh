#!/usr/bin/env bash
# healthcheck.sh PORT PATH TEXT: succeeds if http://127.0.0.1:PORT/PATH answers with TEXT in it.
# With bash alone, since the images it runs in have no HTTP client.
set -euo pipefail

port=$1 path=$2 expected=$3

exec 3<> "/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$path" >&3

answer=
while IFS= read -r line <&3 || [[ -n $line ]]; do
  answer+=$line
done

if [[ $answer != *"$expected"* ]]; then
  echo "port $port, $path: expected $expected, got: ${answer:-nothing}" >&2
  exit 1
fi
