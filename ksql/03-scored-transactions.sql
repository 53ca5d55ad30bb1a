-- Reads:  transactions
-- Writes: scored_transactions: every valid transaction with its verdict, the reasons for it and the
--         version of the rules that gave it.
-- Why:    one verdict, given once. What is flagged and what is cleared both come from here. It is
--         also where the card number ends: a token and the last four digits travel on.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS scored_transactions WITH (
  KAFKA_TOPIC  = 'scored_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 31536000000
) AS SELECT
  CARD_TOKEN(card_number)                           AS card_key,
  transaction_id,
  AS_VALUE(CARD_TOKEN(card_number))                 AS card_token,
  SUBSTRING(card_number, LEN(card_number) - 3, 4)   AS card_last4,
  customer_id,
  customer_age,
  home_city,
  amount,
  currency,
  merchant,
  merchant_category,
  location,
  location_risk_score,
  IS_FRAUD(amount, location->city, home_city)       AS is_fraud,
  RULE_HITS(amount, location->city, home_city)      AS reasons,
  RULE_SET_VERSION()                                AS rule_set,
  timestamp                                         AS event_time
FROM transactions
WHERE IS_SCORABLE(transaction_id, card_number, amount, timestamp)
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;
