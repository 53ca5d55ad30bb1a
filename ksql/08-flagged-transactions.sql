-- Reads:  scored_transactions
-- Writes: flagged_transactions, which Kafka Connect carries to MongoDB (connect/flagged-transactions.json).
-- Why:    what an analyst looks at: only the suspicious ones, one document each, by transaction_id.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS flagged_transactions WITH (
  KAFKA_TOPIC  = 'flagged_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 31536000000
) AS SELECT
  card_key,
  transaction_id,
  card_token,
  card_last4,
  customer_id,
  customer_age,
  home_city,
  amount,
  currency,
  merchant,
  merchant_category,
  -- Quoted, because the sink renames top-level fields only (TRANSACTION_ID to transaction_id).
  STRUCT(
    `city`    := location->city,
    `state`   := location->state,
    `country` := location->country,
    `lat`     := location->lat,
    `lon`     := location->lon
  ) AS location,
  location_risk_score,
  reasons,
  rule_set,
  event_time
FROM scored_transactions
WHERE is_fraud = true
EMIT CHANGES;
