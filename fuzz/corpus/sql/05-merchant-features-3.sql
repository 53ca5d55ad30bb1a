CREATE STREAM IF NOT EXISTS merchant_events (
  merchant_key VARCHAR KEY,
  event        STRUCT<
    merchant_id VARCHAR, transaction_id VARCHAR, transaction_time BIGINT, is_fraud BOOLEAN,
    reported_at BIGINT>,
  transaction  BYTES,
  card         BYTES
) WITH (
  KAFKA_TOPIC  = 'merchant_events',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);