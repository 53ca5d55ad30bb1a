#!/usr/bin/env bash
# install-mariadb.sh: MariaDB's server out of Debian's packages, into connect/target/mariadb, for the test of the sink of rows with MySQL's
# drivers; it skips, saying so, without. Nothing is installed on the machine, and no server starts.
set -euo pipefail

target=$(cd "$(dirname "$0")/.." && pwd)/target/mariadb
if [[ -x $target/usr/sbin/mariadbd ]]; then
  echo "MariaDB is here: $target"
  exit
fi
if ! command -v apt-get > /dev/null; then
  echo "Only Debian and its relatives are known here: the test needs their packages mariadb-server-core and what it depends on." >&2
  exit 1
fi
sudo=
if [[ $(id -u) != 0 ]]; then sudo=sudo; fi
$sudo apt-get update -qq
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# With the libraries that a small system lacks.
apt-get -o APT::Sandbox::User=root download -qq mariadb-server-core mariadb-client-core libaio1 libnuma1 libpcre2-8-0 liburing2
for package in *.deb; do dpkg-deb -x "$package" unpacked; done
mkdir -p "$(dirname "$target")"
rm -rf "$target"
mv unpacked "$target"
echo "MariaDB is in $target"
