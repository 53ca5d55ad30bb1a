-- Reads:  transactions
-- Writes: valid_transactions: those that can be scored, keyed by the card's token.
-- Why:    the clear card number ends here: a token and the last four digits travel on. And the card
--         stage comes first of all: the input is in order for each card, so its features are exact
--         however many partitions there are.
--         Event time begins here. A transaction more than 10 minutes ahead of its own record is not
--         valid: whatever is derived from it would have its time, which brokers refuse (an hour
--         ahead, by default), and ksqlDB would try again for ever. A record's time never changes, so
--         a backfill and a replay decide the same. And no text may be longer than 1,000 characters,
--         so that everything derived fits into records.
--         Partition and offset say where the record is in the input topic: by them 04 tells an id that
--         comes again from a record that is processed again.

SET 'auto.offset.reset' = 'earliest';

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
  timestamp                                         AS event_time,
  ROWPARTITION                                      AS source_partition,
  ROWOFFSET                                         AS source_offset
FROM transactions
WHERE IS_SCORABLE(
  transaction_id, card_number, amount, timestamp, ROWTIME, currency,
  ARRAY[home_lat, home_lon, location->lat, location->lon],
  ARRAY[
    customer_id, home_city, currency, merchant_id, merchant, merchant_category, mcc, channel,
    location->city, location->state, location->country])
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;
