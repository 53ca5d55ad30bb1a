CREATE STREAM IF NOT EXISTS merchant_changes (
  merchant_key VARCHAR KEY,
  transaction  BYTES,
  card         BYTES,
  merchant     features_of_merchant
) WITH (
  KAFKA_TOPIC  = 'merchant_features',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);