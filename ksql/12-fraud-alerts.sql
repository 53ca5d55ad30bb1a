-- Reads:  flagged_transactions
-- Writes: card_incidents: each flagged transaction with the incident of its card that it belongs to;
--         fraud_alerts: what people are told: that an incident has begun, or has become more severe.
-- Why:    a stolen card is used again and again. Flagged transactions of a card that are no more than
--         half an hour apart are one incident, and one alert; those that follow are counted. People
--         hear of it again only when the expected loss (the amounts times the model's probability of
--         fraud) reaches the next severity. An alert_id comes only once: it identifies the alert.
--         The table's topic is read as a stream again, as in 04. What the table reads goes through a
--         topic of its own, incident_events: a row with neither id nor amount there has the incidents
--         of its card forgotten (make forget), and must be neither in MongoDB nor in a window.

SET 'auto.offset.reset' = 'earliest';
SET 'ksql.streams.cache.max.bytes.buffering' = '0';

CREATE STREAM IF NOT EXISTS incident_events WITH (
  KAFKA_TOPIC  = 'incident_events',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key,
  transaction_id,
  card_last4,
  customer_id,
  amount,
  currency,
  merchant_id,
  merchant,
  merchant_category,
  location->`city`    AS city,
  location->`country` AS country,
  rule_hits,
  rule_set,
  model,
  fraud_probability,
  event_time
FROM flagged_transactions
EMIT CHANGES;

CREATE STREAM IF NOT EXISTS incident_changes (
  card_key VARCHAR KEY,
  incident STRUCT<
    incident_id   VARCHAR,
    started       BIGINT,
    latest        BIGINT,
    transactions  BIGINT,
    suppressed    BIGINT,
    amount        DECIMAL(34, 2),
    expected_loss DECIMAL(34, 2),
    severity      VARCHAR,
    alert         VARCHAR>,
  last_flagged STRUCT<
    transaction_id    VARCHAR,
    card_last4        VARCHAR,
    customer_id       VARCHAR,
    amount            DECIMAL(10, 2),
    currency          VARCHAR,
    merchant_id       VARCHAR,
    merchant          VARCHAR,
    merchant_category VARCHAR,
    city              VARCHAR,
    country           VARCHAR,
    rule_hits         ARRAY<VARCHAR>,
    rule_set          VARCHAR,
    model             VARCHAR,
    fraud_probability DOUBLE,
    event_time        BIGINT>
) WITH (
  KAFKA_TOPIC  = 'card_incidents',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);

CREATE TABLE IF NOT EXISTS card_incidents WITH (
  KAFKA_TOPIC  = 'card_incidents',
  VALUE_FORMAT = 'JSON'
) AS SELECT
  card_key,
  FRAUD_INCIDENT(
    STRUCT(
      transaction_id    := transaction_id,
      event_time        := event_time,
      amount            := amount,
      fraud_probability := fraud_probability
    )
  ) AS incident,
  LATEST_BY_OFFSET(
    STRUCT(
      transaction_id    := transaction_id,
      card_last4        := card_last4,
      customer_id       := customer_id,
      amount            := amount,
      currency          := currency,
      merchant_id       := merchant_id,
      merchant          := merchant,
      merchant_category := merchant_category,
      city              := city,
      country           := country,
      rule_hits         := rule_hits,
      rule_set          := rule_set,
      model             := model,
      fraud_probability := fraud_probability,
      event_time        := event_time
    ),
    false
  ) AS last_flagged
FROM incident_events
GROUP BY card_key
EMIT CHANGES;

CREATE STREAM IF NOT EXISTS fraud_alerts WITH (
  KAFKA_TOPIC  = 'fraud_alerts',
  VALUE_FORMAT = 'JSON',
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key,
  CONCAT(incident->incident_id, '|', incident->severity) AS alert_id,
  incident->incident_id          AS incident_id,
  incident->alert                AS kind,
  incident->severity             AS severity,
  incident->expected_loss        AS expected_loss,
  incident->amount               AS amount_sum,
  incident->transactions         AS transactions,
  incident->suppressed           AS suppressed,
  incident->started              AS started,
  AS_VALUE(card_key)             AS card_token,
  last_flagged->transaction_id   AS transaction_id,
  last_flagged->card_last4       AS card_last4,
  last_flagged->customer_id      AS customer_id,
  last_flagged->amount           AS amount,
  last_flagged->currency         AS currency,
  last_flagged->merchant_id      AS merchant_id,
  last_flagged->merchant         AS merchant,
  last_flagged->merchant_category AS merchant_category,
  last_flagged->city             AS city,
  last_flagged->country          AS country,
  last_flagged->rule_hits        AS rule_hits,
  last_flagged->rule_set         AS rule_set,
  last_flagged->model            AS model,
  last_flagged->fraud_probability AS fraud_probability,
  last_flagged->event_time       AS event_time
FROM incident_changes
WHERE incident->alert IS NOT NULL
EMIT CHANGES;
