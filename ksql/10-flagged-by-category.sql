-- Reads:  flagged_transactions
-- Writes: flagged_by_category_10s: how many and how much, for each merchant category and each 10
--         seconds of event time (connect/flagged-by-category-10s.json).
-- Why:    shows where an attack is going on: thieves buy electronics and gift cards first.

SET 'auto.offset.reset' = 'earliest';

CREATE TABLE IF NOT EXISTS flagged_by_category_10s WITH (
  KAFKA_TOPIC  = 'flagged_by_category_10s',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  merchant_category                                            AS category_key,
  CONCAT(merchant_category, '|', CAST(WINDOWSTART AS VARCHAR)) AS window_id,
  AS_VALUE(merchant_category)                                  AS merchant_category,
  WINDOWSTART                                                  AS window_start,
  WINDOWEND                                                    AS window_end,
  COUNT(*)                                                     AS transactions,
  -- As wide as a Decimal128: any amount any number of times.
  SUM(CAST(amount AS DECIMAL(34, 2)))                          AS amount_sum,
  MIN(amount)                                                  AS amount_min,
  MAX(amount)                                                  AS amount_max
FROM flagged_transactions
WINDOW TUMBLING (SIZE 10 SECONDS, GRACE PERIOD 1 DAY)
GROUP BY merchant_category
EMIT CHANGES;
