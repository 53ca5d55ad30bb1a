#!/usr/bin/env bash
# apply.sh URL: applies the numbered scripts of this folder to a ksqlDB server with its own command line, in order.
set -euo pipefail

server=$1
folder=$(dirname "$0")

for script in "$folder"/[0-9]*.sql; do
  echo "applying $(basename "$script")"
  if ! ksql --file "$script" -- "$server"; then
    echo "$script was refused; the message above says why" >&2
    exit 1
  fi
done
echo "all scripts are applied"
