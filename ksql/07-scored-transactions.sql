-- Reads:  merchant_changes
-- Writes: scored_transactions: every valid transaction once with its verdict, what each rule and model said of
--         it, the versions of these rules and models, and the features they judged by. Kafka Connect carries it
--         to MongoDB (connect/scored-transactions.json), and models are trained on it.
-- Why:    one decision, made once. What is flagged and what is cleared both come from here, and each can
--         be explained, and made again, from its own record.
--         ALL_FEATURES is the one row that models are trained on and score, made there and nowhere else. It
--         and UNPACK_TRANSACTION do their work once for a row, however often they stand here. A change
--         without a transaction comes from a label.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS scored_transactions WITH (
  KAFKA_TOPIC  = 'scored_transactions',
  VALUE_FORMAT = 'JSON',
  -- A table's change has the time of its key's newest transaction; from here on, each row has its own.
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  UNPACK_TRANSACTION(transaction)->card_token            AS card_key,
  UNPACK_TRANSACTION(transaction)->transaction_id        AS transaction_id,
  AS_VALUE(UNPACK_TRANSACTION(transaction)->card_token)  AS card_token,
  UNPACK_TRANSACTION(transaction)->card_last4            AS card_last4,
  UNPACK_TRANSACTION(transaction)->customer_id           AS customer_id,
  UNPACK_TRANSACTION(transaction)->customer_age          AS customer_age,
  UNPACK_TRANSACTION(transaction)->home_city             AS home_city,
  UNPACK_TRANSACTION(transaction)->amount                AS amount,
  UNPACK_TRANSACTION(transaction)->currency              AS currency,
  UNPACK_TRANSACTION(transaction)->merchant_id           AS merchant_id,
  UNPACK_TRANSACTION(transaction)->merchant              AS merchant,
  UNPACK_TRANSACTION(transaction)->merchant_category     AS merchant_category,
  UNPACK_TRANSACTION(transaction)->mcc                   AS mcc,
  UNPACK_TRANSACTION(transaction)->channel               AS channel,
  -- Names in structs are quoted, because the sink renames top-level fields only.
  STRUCT(
    `city`    := UNPACK_TRANSACTION(transaction)->location->city,
    `state`   := UNPACK_TRANSACTION(transaction)->location->state,
    `country` := UNPACK_TRANSACTION(transaction)->location->country,
    `lat`     := UNPACK_TRANSACTION(transaction)->location->lat,
    `lon`     := UNPACK_TRANSACTION(transaction)->location->lon
  ) AS location,
  UNPACK_TRANSACTION(transaction)->location_risk_score   AS location_risk_score,
  IS_FRAUD(
    UNPACK_TRANSACTION(transaction)->amount,
    UNPACK_TRANSACTION(transaction)->location->city,
    UNPACK_TRANSACTION(transaction)->home_city)
    OR COALESCE(
      FRAUD_SCORE('forest', ALL_FEATURES(transaction, card, merchant)) >= FRAUD_THRESHOLD('forest'),
      false) AS is_fraud,
  RULE_HITS(
    UNPACK_TRANSACTION(transaction)->amount,
    UNPACK_TRANSACTION(transaction)->location->city,
    UNPACK_TRANSACTION(transaction)->home_city) AS rule_hits,
  RULE_SET_VERSION() AS rule_set,
  COALESCE(
    FRAUD_SCORE('forest', ALL_FEATURES(transaction, card, merchant)) >= FRAUD_THRESHOLD('forest'),
    false) AS model_alert,
  FRAUD_SCORE('forest', ALL_FEATURES(transaction, card, merchant))       AS fraud_score,
  FRAUD_THRESHOLD('forest')                                              AS fraud_threshold,
  FRAUD_PROBABILITY('forest', ALL_FEATURES(transaction, card, merchant)) AS fraud_probability,
  ANOMALY_SCORE('isolation', ALL_FEATURES(transaction, card, merchant))  AS anomaly_score,
  FRAUD_REASONS('forest', ALL_FEATURES(transaction, card, merchant), 5)  AS reasons,
  MODEL_VERSION('forest')                                                AS model,
  MODEL_VERSION('isolation')                                             AS anomaly_model,
  ALL_FEATURES(transaction, card, merchant)                              AS features,
  UNPACK_TRANSACTION(transaction)->event_time                            AS event_time
FROM merchant_changes
WHERE transaction IS NOT NULL
PARTITION BY UNPACK_TRANSACTION(transaction)->card_token
EMIT CHANGES;
