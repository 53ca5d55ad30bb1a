-- Reads:  transaction_features
-- Writes: scored_transactions: every valid transaction with its verdict, the reasons for it and the
--         version of the rules that gave it.
-- Why:    one verdict, given once. What is flagged and what is cleared both come from here.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS scored_transactions WITH (
  KAFKA_TOPIC  = 'scored_transactions',
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
  merchant_id,
  merchant,
  merchant_category,
  mcc,
  channel,
  location,
  location_risk_score,
  IS_FRAUD(amount, location->city, home_city)       AS is_fraud,
  RULE_HITS(amount, location->city, home_city)      AS reasons,
  RULE_SET_VERSION()                                AS rule_set,
  features,
  event_time
FROM transaction_features
EMIT CHANGES;
