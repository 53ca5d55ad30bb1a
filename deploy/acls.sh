#!/bin/sh
# acls.sh BOOTSTRAP [CLIENT_PROPERTIES]: lets each part do what deploy/acls.txt lists, and nothing else. The users are called generator, sql,
# connect and auditor (who runs make ledger and make alerts) unless GENERATOR_USER, SQL_USER, CONNECT_USER and AUDITOR_USER say otherwise. The login of CLIENT_PROPERTIES must be allowed to grant.
set -eu

bootstrap=$1
client=${2:-/dev/null}
acls=${KAFKA_ACLS:-/opt/kafka/bin/kafka-acls.sh}

while read -r user resource pattern name operations; do
  case $user in
    '' | '#'*) continue ;;
    generator) user=${GENERATOR_USER:-generator} ;;
    sql) user=${SQL_USER:-sql} ;;
    connect) user=${CONNECT_USER:-connect} ;;
    auditor) user=${AUDITOR_USER:-auditor} ;;
  esac
  set -- --add --allow-principal "User:$user"
  for operation in $(echo "$operations" | tr , ' '); do
    set -- "$@" --operation "$operation"
  done
  if [ "$resource" = cluster ]; then
    set -- "$@" --cluster
  else
    set -- "$@" "--$resource" "$name" --resource-pattern-type "$pattern"
  fi
  "$acls" --bootstrap-server "$bootstrap" --command-config "$client" "$@" < /dev/null > /dev/null
  echo "$user: $operations on $resource $name"
done < "$(dirname "$0")/acls.txt"
