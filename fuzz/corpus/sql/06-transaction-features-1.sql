CREATE STREAM IF NOT EXISTS transaction_features WITH (
  KAFKA_TOPIC  = 'transaction_features',
  VALUE_FORMAT = 'JSON',
  
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  UNPACK_TRANSACTION(transaction)->card_token           AS card_key,
  UNPACK_TRANSACTION(transaction)->transaction_id       AS transaction_id,
  AS_VALUE(UNPACK_TRANSACTION(transaction)->card_token) AS card_token,
  UNPACK_TRANSACTION(transaction)->card_last4           AS card_last4,
  UNPACK_TRANSACTION(transaction)->customer_id          AS customer_id,
  UNPACK_TRANSACTION(transaction)->customer_age         AS customer_age,
  UNPACK_TRANSACTION(transaction)->home_city            AS home_city,
  UNPACK_TRANSACTION(transaction)->amount               AS amount,
  UNPACK_TRANSACTION(transaction)->currency             AS currency,
  UNPACK_TRANSACTION(transaction)->merchant_id          AS merchant_id,
  UNPACK_TRANSACTION(transaction)->merchant             AS merchant,
  UNPACK_TRANSACTION(transaction)->merchant_category    AS merchant_category,
  UNPACK_TRANSACTION(transaction)->mcc                  AS mcc,
  UNPACK_TRANSACTION(transaction)->channel              AS channel,
  UNPACK_TRANSACTION(transaction)->location             AS location,
  UNPACK_TRANSACTION(transaction)->location_risk_score  AS location_risk_score,
  ALL_FEATURES(transaction, card, merchant) AS features,
  STRUCT(
    card_events_dropped      := UNPACK_CARD_FEATURES(card)->events_dropped,
    card_events_too_late     := UNPACK_CARD_FEATURES(card)->events_too_late,
    merchant_events_merged   := merchant->events_merged,
    merchant_events_too_late := merchant->events_too_late
  ) AS left_out,
  UNPACK_TRANSACTION(transaction)->event_time AS event_time
FROM merchant_changes
WHERE transaction IS NOT NULL
PARTITION BY UNPACK_TRANSACTION(transaction)->card_token
EMIT CHANGES;