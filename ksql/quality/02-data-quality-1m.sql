-- Reads:  data_quality_findings
-- Writes: data_quality_1m: how many records failed each expectation in each minute
--         (connect/quality/data-quality-1m.json).
-- Why:    one age that nobody has is a typing error, a thousand in a minute are a release that went wrong.
--         make quality compares the last hour with the hours before.

SET 'auto.offset.reset' = 'earliest';

CREATE TABLE IF NOT EXISTS data_quality_1m WITH (
  KAFKA_TOPIC  = 'data_quality_1m',
  VALUE_FORMAT = 'JSON',
  PARTITIONS   = 1,
  RETENTION_MS = 3153600000000
) AS SELECT
  expectation                                            AS expectation_key,
  CONCAT(expectation, '|', CAST(WINDOWSTART AS VARCHAR)) AS window_id,
  AS_VALUE(expectation)                                  AS expectation,
  WINDOWSTART                                            AS window_start,
  WINDOWEND                                              AS window_end,
  COUNT(*)                                               AS records
FROM data_quality_findings
WINDOW TUMBLING (SIZE 1 MINUTE, RETENTION 8 DAYS, GRACE PERIOD 1 DAY)
GROUP BY expectation
EMIT CHANGES;
