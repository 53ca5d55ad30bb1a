#!/usr/bin/env bash
# What the project brings along, in target/audit: every library with its version and whom it comes through (tree.txt), under
# which licence (licences.txt), and both for machines (bom.json, CycloneDX). Then what is known against it, by OSV-Scanner.
set -euo pipefail

cd "$(dirname "$0")/.."
out=$PWD/target/audit
rm -rf "$out"
mkdir -p "$out"

echo "Compiling, then asking Maven for all libraries and their licences; takes some minutes, the first time for downloads."
# Of what is shipped; what tests alone use is left out.
${MVN:-mvn -B} -ntp -q compile \
  cyclonedx:makeAggregateBom \
  license:aggregate-add-third-party \
  dependency:tree -Dscope=runtime -DoutputFile="$out/tree.txt" -DappendOutput=true

count() { grep -c "$1" "$2" || true; }
echo "$(count '^     *(' "$out/licences.txt") libraries, under these licences, as each calls its own (of several in a row, one may be chosen):"
sed -n 's/^ *\((.*)\) [^(]* ([^()]*:[^()]*)$/\1/p' "$out/licences.txt" | sort | uniq -c | sort -rn
echo "target/audit/tree.txt, licences.txt and bom.json have each of them."
echo

if command -v osv-scanner > /dev/null; then
  # It exits with 1 if it finds something.
  osv-scanner scan source --lockfile "$out/bom.json" ${OSV_OPTIONS:-}
else
  echo "What is known against them was not looked up: osv-scanner is not installed. Get it with"
  echo "  go install github.com/google/osv-scanner/v2/cmd/osv-scanner@latest"
  echo "and run this again; it needs a network, or OSV_OPTIONS='--offline' with its databases."
  echo "docs/known-vulnerabilities.md has what was found last, and when."
fi
