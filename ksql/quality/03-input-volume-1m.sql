-- Reads:  transactions
-- Writes: input_volume_1m: how many transactions, how much and how late, for each category of merchants and each
--         minute (connect/quality/input-volume-1m.json).
-- Why:    shares need a whole, and silence is a finding as well: a category from which nothing comes any more fails
--         no expectation.

SET 'auto.offset.reset' = 'earliest';

CREATE TABLE IF NOT EXISTS input_volume_1m WITH (
  KAFKA_TOPIC  = 'input_volume_1m',
  VALUE_FORMAT = 'JSON',
  PARTITIONS   = 4,
  RETENTION_MS = 3153600000000
) AS SELECT
  COALESCE(SUBSTRING(MASK_CARD_NUMBERS(merchant_category), 1, 100), '(none)') AS category_key,
  CONCAT(
    COALESCE(SUBSTRING(MASK_CARD_NUMBERS(merchant_category), 1, 100), '(none)'),
    '|', CAST(WINDOWSTART AS VARCHAR)) AS window_id,
  AS_VALUE(COALESCE(SUBSTRING(MASK_CARD_NUMBERS(merchant_category), 1, 100), '(none)')) AS merchant_category,
  WINDOWSTART                          AS window_start,
  WINDOWEND                            AS window_end,
  COUNT(*)                             AS transactions,
  -- Of those that are scored: the amount of one that is rejected may be absurd, and its time the year 0.
  SUM(CASE WHEN IS_SCORABLE(
    transaction_id, card_number, amount, timestamp, ROWTIME, currency,
    ARRAY[home_lat, home_lon, location->lat, location->lon],
    ARRAY[
      customer_id, home_city, currency, merchant_id, merchant, merchant_category, mcc, channel,
      location->city, location->state, location->country])
    THEN CAST(amount AS DECIMAL(34, 2)) END) AS amount_sum,
  -- In milliseconds, by the time of the record.
  MAX(CASE WHEN IS_SCORABLE(
    transaction_id, card_number, amount, timestamp, ROWTIME, currency,
    ARRAY[home_lat, home_lon, location->lat, location->lon],
    ARRAY[
      customer_id, home_city, currency, merchant_id, merchant, merchant_category, mcc, channel,
      location->city, location->state, location->country])
    THEN ROWTIME - timestamp END) AS latest_by
FROM transactions
WINDOW TUMBLING (SIZE 1 MINUTE, RETENTION 8 DAYS, GRACE PERIOD 1 DAY)
GROUP BY COALESCE(SUBSTRING(MASK_CARD_NUMBERS(merchant_category), 1, 100), '(none)')
EMIT CHANGES;
