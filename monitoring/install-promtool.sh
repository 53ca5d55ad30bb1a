#!/usr/bin/env bash
# install-promtool.sh: promtool out of Debian's package prometheus, into monitoring/target, for the tests of alerts.yml; they
# skip, saying so, without. Nothing is installed on the machine, and no server starts.
set -euo pipefail

target=$(cd "$(dirname "$0")" && pwd)/target
if command -v promtool > /dev/null || [[ -x $target/promtool ]]; then
  echo "promtool is here: $(PATH=$PATH:$target promtool --version 2>&1 | head -n 1)"
  exit
fi
if ! command -v apt-get > /dev/null; then
  echo "Only Debian and its relatives are known here. Install promtool, which comes with Prometheus, by other means." >&2
  exit 1
fi
sudo=
if [[ $(id -u) != 0 ]]; then sudo=sudo; fi
$sudo apt-get update -qq
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get -o APT::Sandbox::User=root download -qq prometheus && dpkg-deb -x prometheus_*.deb unpacked)
mkdir -p "$target"
cp "$work/unpacked/usr/bin/promtool" "$target/"
echo "promtool is in $target"
