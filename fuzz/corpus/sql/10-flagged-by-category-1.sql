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
  
  SUM(CAST(amount AS DECIMAL(34, 2)))                          AS amount_sum,
  MIN(amount)                                                  AS amount_min,
  MAX(amount)                                                  AS amount_max
FROM flagged_transactions
WINDOW TUMBLING (SIZE 10 SECONDS, GRACE PERIOD 1 DAY)
GROUP BY merchant_category
EMIT CHANGES;