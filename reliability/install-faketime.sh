#!/usr/bin/env bash
# install-faketime.sh: Debian's libfaketime, by which a crash test sets the clock of single processes. Without it no clock is set, and the run says so.
set -euo pipefail

library=$(compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' | head -1 || true)
if [[ -n $library ]]; then
  echo "libfaketime is installed: $library"
  exit
fi
if ! command -v apt-get > /dev/null; then
  echo "Only Debian and its relatives are known here. Install libfaketime (libfaketimeMT.so.1) by other means." >&2
  exit 1
fi
sudo=
if [[ $(id -u) != 0 ]]; then sudo=sudo; fi
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends libfaketime
echo "Installed $(dpkg-query -W -f '${Package} ${Version}' libfaketime): $(compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' | head -1)"
