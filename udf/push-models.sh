#!/usr/bin/env bash
# push-models.sh TO [FROM]: puts the model bundles of FROM (models) where model.dir=https://… or s3://… finds them: each version in a
# folder of its own, forest/41359579fd9e, and last of all models.json, which names those in use. TO is a folder that a web server
# serves, or s3://bucket/prefix, for which the AWS command line is needed. Versions that are there stay.
set -euo pipefail

cd "$(dirname "$0")/.."
to=${1-}
case $to in
  '')
    echo "Say where to: a folder that a web server serves, as in make models-push TO=/srv/www/models, or TO=s3://bucket/prefix." >&2
    exit 1
    ;;
  http://* | https://*)
    echo "$to is where servers read. Say where its web server has the files: a folder, as in make models-push TO=/srv/www/models." >&2
    exit 1
    ;;
esac
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
    if ! command -v aws > /dev/null; then
      echo "The AWS command line (aws) is not installed. Install it, or push to a folder and copy that: make models-push TO=target/models" >&2
      exit 1
    fi
    if ! aws s3 cp --recursive --no-progress "$staged" "$to/"; then
      echo "Not all is in $to, and servers go on with what they had. Mend what aws says (credentials: aws configure, or AWS_ACCESS_KEY_ID and" >&2
      echo "AWS_SECRET_ACCESS_KEY; another store: AWS_ENDPOINT_URL), and push again." >&2
      exit 1
    fi
    served=$to
    echo "$index" | aws s3 cp --content-type application/json - "$to/models.json"
    ;;
  *)
    mkdir -p "$to"
    cp -R "$staged"/. "$to/"
    echo "$index" > "$to/.models.json.new"
    mv "$to/.models.json.new" "$to/models.json"
    served="the address at which $to is served (http://… or https://…)"
    ;;
esac
printf '%s\n' "${versions[@]}"
echo "are in use by servers that start from now on with ksql.functions._global_.model.dir = $served."
