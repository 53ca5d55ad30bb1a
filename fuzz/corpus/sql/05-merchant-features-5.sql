CREATE STREAM IF NOT EXISTS merchant_labels WITH (
  KAFKA_TOPIC  = 'merchant_events',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  merchant_id AS merchant_key,
  STRUCT(
    merchant_id      := AS_VALUE(merchant_id),
    transaction_id   := transaction_id,
    transaction_time := transaction_time,
    is_fraud         := is_fraud,
    reported_at      := reported_at
  )           AS event
FROM fraud_labels
WHERE merchant_id IS NOT NULL
PARTITION BY merchant_id
EMIT CHANGES;