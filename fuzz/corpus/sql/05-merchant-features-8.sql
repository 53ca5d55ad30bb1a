CREATE TABLE IF NOT EXISTS merchant_features WITH (
  KAFKA_TOPIC  = 'merchant_features',
  VALUE_FORMAT = 'JSON'
) AS SELECT
  merchant_key,
  LATEST_BY_OFFSET(transaction, false) AS transaction,
  LATEST_BY_OFFSET(card, false)        AS card,
  MERCHANT_FEATURES(event)             AS merchant
FROM merchant_events
GROUP BY merchant_key
EMIT CHANGES;