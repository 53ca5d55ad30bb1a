#!/usr/bin/env bash
# Stands in for docker: remembers in $PLAY/calls what it was asked, and plays the states of containers in $PLAY/states,
# the next one each time it is asked for them. `compose up --detach` ends, as $PLAY/up-exit says, when the last was played.
set -eu
echo "$*" >> "$PLAY/calls"
played() { cat "$PLAY/played" 2> /dev/null || echo 0; }
case "$*" in
  info) [[ ! -e $PLAY/away ]] ;;
  "compose ps --all --quiet") echo one container ;;
  "compose up --detach"*)
    echo "standby ${KSQLDB_STANDBY:-false} ${KSQLDB_STANDBY_REPLICAS:-0}" >> "$PLAY/calls"
    echo "webhook trusts ${WEBHOOK_CA_FILE:-}" >> "$PLAY/calls"
    echo "mysql with ${SQL_STORE_PASSWORD:-} in profiles ${COMPOSE_PROFILES:-}" >> "$PLAY/calls"
    echo "lake with ${LAKE_PASSWORD:-} in profiles ${COMPOSE_PROFILES:-} by ${LAKE_PLUGINS:-}" >> "$PLAY/calls"
    echo "models with ${MODELS_AWS_ACCESS_KEY_ID:-} in ${MODELS_AWS_REGION:-}" >> "$PLAY/calls"
    for user in SCHEMA SINK READER; do
      word=MONGO_${user}_PASSWORD
      echo "mongodb asked by $(echo "$user" | tr A-Z a-z) with ${!word:-}" >> "$PLAY/calls"
    done
    cat "$PLAY/up-says" 2> /dev/null || true
    until [[ $(played) -ge $(ls "$PLAY/states" | wc -l) ]]; do sleep 0.02; done
    exit "$(cat "$PLAY/up-exit")"
    ;;
  "compose logs "*) cat "$PLAY/logs/${*: -1}" 2> /dev/null || true ;;
  inspect*)
    all=$(ls "$PLAY/states" | wc -l)
    next=$(($(played) + 1))
    [[ $next -le $all ]] || next=$all
    cat "$PLAY/states/$(printf %03d "$next")"
    echo "$next" > "$PLAY/played.new" && mv "$PLAY/played.new" "$PLAY/played"
    ;;
esac
