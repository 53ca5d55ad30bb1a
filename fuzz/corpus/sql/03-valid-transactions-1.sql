CREATE STREAM IF NOT EXISTS valid_transactions WITH (
  KAFKA_TOPIC  = 'valid_transactions',
  VALUE_FORMAT = 'JSON',
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  CARD_TOKEN(card_number)                           AS card_key,
  transaction_id,
  AS_VALUE(CARD_TOKEN(card_number))                 AS card_token,
  SUBSTRING(card_number, LEN(card_number) - 3, 4)   AS card_last4,
  customer_id,
  customer_age,
  home_city,
  home_lat,
  home_lon,
  amount,
  currency,
  merchant_id,
  merchant,
  merchant_category,
  mcc,
  channel,
  location,
  location_risk_score,
  timestamp                                         AS event_time
FROM transactions
WHERE IS_SCORABLE(
  transaction_id, card_number, amount, timestamp, ROWTIME, currency,
  ARRAY[home_lat, home_lon, location->lat, location->lon],
  ARRAY[
    customer_id, home_city, currency, merchant_id, merchant, merchant_category, mcc, channel,
    location->city, location->state, location->country])
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;