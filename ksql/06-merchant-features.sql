-- Reads:  merchant_events
-- Writes: merchant_features: each transaction with its features among those of its merchant.
-- Why:    the windows lie the feedback delay back (7 days), so it does not matter how far apart the
--         partitions of merchant_events are, as long as it is less. A label counts only from its own
--         report on, whenever it is processed; its row has the time of its record, so that a report
--         that is dated ahead stops nothing.

SET 'auto.offset.reset' = 'earliest';
SET 'ksql.streams.cache.max.bytes.buffering' = '0';

CREATE TYPE IF NOT EXISTS features_of_merchant AS STRUCT<
  -- Written by make features: types of merchants
  `merchant_count_1d` DOUBLE,
  `merchant_fraud_share_1d` DOUBLE,
  `merchant_count_7d` DOUBLE,
  `merchant_fraud_share_7d` DOUBLE,
  `merchant_count_30d` DOUBLE,
  `merchant_fraud_share_30d` DOUBLE,
  -- end of features
  events_merged BIGINT, events_too_late BIGINT>;

-- The table's topic as a stream, declared first: see 04.
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
