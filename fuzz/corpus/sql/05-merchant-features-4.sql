CREATE STREAM IF NOT EXISTS merchant_transactions WITH (
  KAFKA_TOPIC  = 'merchant_events',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  COALESCE(event->merchant_id, card_key) AS merchant_key,
  STRUCT(
    merchant_id      := event->merchant_id,
    transaction_id   := event->transaction_id,
    transaction_time := event->transaction_time
  )                                      AS event,
  transaction,
  card
FROM card_changes
PARTITION BY COALESCE(event->merchant_id, card_key)
EMIT CHANGES;