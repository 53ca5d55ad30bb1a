#!/usr/bin/env bash
# push-models.sh TO [FROM]: puts the model bundles of FROM (models) where model.dir=https://… or s3://… finds them: each version in a
# folder of its own, forest/41359579fd9e, and last of all models.json, which names those in use. TO is a folder that a web server
# serves, or s3://bucket/prefix, for which the AWS command line is needed. Versions that are there stay.
set -euo pipefail

cd "$(dirname "$0")/.."
to=${1:?give a folder or s3://bucket/prefix, as in: make models-push TO=/srv/www/models}
from=${2:-models}
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT

digits() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-12
}

versions=()
for manifest in "$from"/*/manifest.json; do
  if [[ ! -f $manifest ]]; then
    echo "There is no model bundle in $from; make train makes some." >&2
    exit 1
  fi
  bundle=$(dirname "$manifest")
  name=$(basename "$bundle")
  version=$(digits "$manifest")
  mkdir -p "$staged/$name/$version"
  cp "$bundle"/* "$staged/$name/$version/"
  versions+=("$name@$version")
done
index=$(printf '{"format": 1, "models": [%s]}' "$(printf '"%s", ' "${versions[@]}" | sed 's/, $//')")

case $to in
  s3://*)
    to=${to%/}
    aws s3 cp --recursive --no-progress "$staged" "$to/"
    echo "$index" | aws s3 cp --content-type application/json - "$to/models.json"
    ;;
  *)
    mkdir -p "$to"
    cp -R "$staged"/. "$to/"
    echo "$index" > "$to/.models.json.new"
    mv "$to/.models.json.new" "$to/models.json"
    ;;
esac
printf '%s\n' "${versions[@]}"
echo "are in use by servers with model.dir=$to that start from now on."
