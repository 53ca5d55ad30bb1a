#!/usr/bin/env bash
# install-chromium.sh: Debian's Chromium and its driver, for the tests of this module. They skip, saying so, without.
set -euo pipefail

if command -v chromium > /dev/null && command -v chromedriver > /dev/null; then
  echo "Chromium and its driver are installed: $(chromedriver --version)"
  exit
fi
if ! command -v apt-get > /dev/null; then
  echo "Only Debian and its relatives are known here. Install chromium and chromedriver by other means." >&2
  exit 1
fi
sudo=
if [[ $(id -u) != 0 ]]; then sudo=sudo; fi
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core
