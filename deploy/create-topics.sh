#!/bin/sh
# create-topics.sh BOOTSTRAP [CLIENT_PROPERTIES]: makes the topics of the SQL scripts, with the retention that they ask for, and those that
# the sinks would otherwise make with one replica, all with as many as the broker's default says. Topics that are there already stay as they are.
set -eu

bootstrap=$1
client=${2:-/dev/null}
topics=/opt/kafka/bin/kafka-topics.sh
# As in ksql/*.sql: a hundred years of event time.
retention_ms=3153600000000

for topic in credit_card_transactions fraud_labels fraud_truth card_features merchant_events merchant_features card_incidents; do
  "$topics" --bootstrap-server "$bootstrap" --command-config "$client" --create --if-not-exists \
    --topic "$topic" --partitions 4 --config "retention.ms=$retention_ms" --config cleanup.policy=delete
done
# An entry has the broker's time: one by a server's clock is refused by a broker that is an hour behind it.
"$topics" --bootstrap-server "$bootstrap" --command-config "$client" --create --if-not-exists \
  --topic ksql_processing_log --partitions 1 --config retention.ms=604800000 --config message.timestamp.type=LogAppendTime
for topic in scored_transactions flagged_transactions flagged_by_card_10s flagged_by_category_10s; do
  "$topics" --bootstrap-server "$bootstrap" --command-config "$client" --create --if-not-exists \
    --topic "dlq_$topic" --partitions 1 --config retention.ms=-1
done
