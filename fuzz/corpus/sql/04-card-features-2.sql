CREATE STREAM IF NOT EXISTS card_changes (
  card_key    VARCHAR KEY,
  event       STRUCT<merchant_id VARCHAR, transaction_id VARCHAR, transaction_time BIGINT>,
  transaction BYTES,
  card        BYTES
) WITH (
  KAFKA_TOPIC  = 'card_features',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);