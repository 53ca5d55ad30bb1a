-- Reads:  card_changes, topic fraud_labels (JSON: what a bank learns of frauds, days later)
-- Writes: merchant_events: transactions and labels, each under its merchant.
-- Why:    what is known of a merchant's frauds says more than anything else, but it is known late.
--         Transactions and labels go to one topic, keyed by merchant, so that one table sees both: 06.

SET 'auto.offset.reset' = 'earliest';

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
WHERE event->transaction_id IS NOT NULL AND REPETITION_REASON(card) IS NULL
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
