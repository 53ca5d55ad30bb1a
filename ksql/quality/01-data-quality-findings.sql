-- Reads:  transactions, rejected_transactions, and the bytes of raw_transactions
-- Writes: data_quality_findings: a row for each expectation that a record fails, with the record's place in the
--         input topic (connect/quality/data-quality-findings.json).
-- Why:    a transaction can be scored and still be worth less than it looks: an age that nobody has, a category
--         that no model has seen, a field that came without notice. Nothing is held back here. Each line of
--         the list is an expectation of yours: change it, add to it. A record that meets them all costs the look
--         at it, and leaves no row.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS data_quality_findings (
  card_token       VARCHAR KEY,
  expectation      VARCHAR,
  source_partition INTEGER,
  source_offset    BIGINT
) WITH (
  KAFKA_TOPIC  = 'data_quality_findings',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);

CREATE STREAM IF NOT EXISTS findings_of_expectations WITH (
  KAFKA_TOPIC  = 'data_quality_findings',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  CARD_TOKEN(card_number) AS card_token,
  EXPLODE(FILTER(ARRAY[
    CASE WHEN customer_id IS NULL THEN 'MISSING customer_id' END,
    CASE
      WHEN customer_age IS NULL THEN 'MISSING customer_age'
      WHEN customer_age NOT BETWEEN 14 AND 110 THEN 'OUT_OF_RANGE customer_age'
    END,
    CASE WHEN home_lat IS NULL OR home_lon IS NULL THEN 'MISSING home' END,
    CASE WHEN currency IS NULL THEN 'MISSING currency' END,
    CASE WHEN amount > 50000 THEN 'OUT_OF_RANGE amount' END,
    CASE WHEN merchant_id IS NULL THEN 'MISSING merchant_id' END,
    CASE
      WHEN merchant_category IS NULL THEN 'MISSING merchant_category'
      -- Those that the models have learned from.
      WHEN merchant_category NOT IN (
        'grocery', 'restaurant', 'fast_food', 'fuel', 'pharmacy', 'clothing', 'electronics',
        'jewelry', 'travel', 'hotel', 'entertainment', 'home_improvement', 'online_retail', 'digital_goods',
        'utilities', 'health', 'transport', 'cash') THEN 'UNKNOWN merchant_category'
    END,
    CASE WHEN channel IS NULL THEN 'MISSING channel' END,
    CASE WHEN location->lat IS NULL OR location->lon IS NULL THEN 'MISSING location' END,
    CASE
      WHEN location_risk_score IS NULL THEN 'MISSING location_risk_score'
      WHEN location_risk_score NOT BETWEEN 0 AND 1 THEN 'OUT_OF_RANGE location_risk_score'
    END,
    -- A till that was offline sends what happened before.
    CASE WHEN ROWTIME - timestamp > 5 * 60 * 1000 THEN 'LATE by more than 5 minutes' END
  ], failed => failed IS NOT NULL)) AS expectation,
  ROWPARTITION                      AS source_partition,
  ROWOFFSET                         AS source_offset
FROM transactions
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;

-- What could not be scored at all, by the first word of its reason and what it is about.
CREATE STREAM IF NOT EXISTS findings_of_rejections WITH (
  KAFKA_TOPIC  = 'data_quality_findings',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_token,
  CONCAT('REJECTED ', reason) AS expectation,
  source_partition,
  source_offset
FROM rejected_transactions
EMIT CHANGES;

-- Fields that nobody has declared: a name of the sender's choice, so that a card number in it is masked, and it is cut.
CREATE STREAM IF NOT EXISTS findings_of_fields WITH (
  KAFKA_TOPIC  = 'data_quality_findings',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  CARD_TOKEN(card_number) AS card_token,
  EXPLODE(TRANSFORM(
    ARRAY_EXCEPT(
      TRANSFORM(JSON_KEYS(FROM_BYTES(payload, 'utf8')), name => LCASE(name)),
      ARRAY['transaction_id', 'card_number', 'customer_id', 'customer_age', 'home_city', 'home_lat', 'home_lon', 'amount',
            'currency', 'merchant_id', 'merchant', 'merchant_category', 'mcc', 'channel', 'location',
            'location_risk_score', 'timestamp']),
    name => CONCAT('UNDECLARED ', SUBSTRING(MASK_CARD_NUMBERS(name), 1, 100)))) AS expectation,
  ROWPARTITION            AS source_partition,
  ROWOFFSET               AS source_offset
FROM raw_transactions
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;
