CREATE STREAM IF NOT EXISTS fraud_labels (
  label_key        VARCHAR KEY,
  transaction_id   VARCHAR,
  merchant_id      VARCHAR,
  customer_id      VARCHAR,
  is_fraud         BOOLEAN,
  transaction_time BIGINT,
  reported_at      BIGINT
) WITH (
  KAFKA_TOPIC  = 'fraud_labels',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);