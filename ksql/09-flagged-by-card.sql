-- Reads:  flagged_transactions
-- Writes: flagged_by_card_10s: how many and how much, for each card and each 10 seconds of event
--         time (connect/flagged-by-card-10s.json).
-- Why:    a burst of flagged payments on one card is worth more attention than a single one. A
--         transaction that arrives up to a day late still counts in the window it belongs to.

SET 'auto.offset.reset' = 'earliest';

CREATE TABLE IF NOT EXISTS flagged_by_card_10s WITH (
  KAFKA_TOPIC  = 'flagged_by_card_10s',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key,
  -- One text that names card and window: the _id of the document in MongoDB.
  CONCAT(card_key, '|', CAST(WINDOWSTART AS VARCHAR)) AS window_id,
  AS_VALUE(card_key)                                  AS card_token,
  WINDOWSTART                                         AS window_start,
  WINDOWEND                                           AS window_end,
  COUNT(*)                                            AS transactions,
  -- As wide as a Decimal128: any amount any number of times.
  SUM(CAST(amount AS DECIMAL(34, 2)))                 AS amount_sum,
  MIN(amount)                                         AS amount_min,
  MAX(amount)                                         AS amount_max
FROM flagged_transactions
WINDOW TUMBLING (SIZE 10 SECONDS, GRACE PERIOD 1 DAY)
GROUP BY card_key
EMIT CHANGES;
