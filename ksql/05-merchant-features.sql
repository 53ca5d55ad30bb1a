-- Reads:  card_changes, topic fraud_labels (JSON: what a bank learns of frauds, days later)
-- Writes: merchant_features: each transaction with its features among those of its merchant.
-- Why:    what is known of a merchant's frauds says more than anything else, but it is known late.
--         Transactions and labels go to one topic, keyed by merchant, so that one table sees both.
--         The windows lie the feedback delay back (7 days), so it does not matter how far apart the
--         partitions of this topic are, as long as it is less. A label counts only from its own
--         report on, whenever it is processed; its row has the time of its record, so that a report
--         that is dated ahead stops nothing.

SET 'auto.offset.reset' = 'earliest';
SET 'ksql.streams.cache.max.bytes.buffering' = '0';

-- The key is the transaction's id, too, so that a report and what takes it back stay in their order.
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

-- Two queries write to this topic, each the columns it has; the others are NULL.
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

-- A transaction without a merchant goes under its card: it has no merchant features, and is not lost.
-- A change without a transaction comes from a card that was forgotten.
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
WHERE event->transaction_id IS NOT NULL
PARTITION BY COALESCE(event->merchant_id, card_key)
EMIT CHANGES;

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

CREATE TYPE IF NOT EXISTS features_of_merchant AS STRUCT<
  -- Written by make features: types of merchants
  merchant_count_1d DOUBLE,
  merchant_fraud_share_1d DOUBLE,
  merchant_count_7d DOUBLE,
  merchant_fraud_share_7d DOUBLE,
  merchant_count_30d DOUBLE,
  merchant_fraud_share_30d DOUBLE,
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
