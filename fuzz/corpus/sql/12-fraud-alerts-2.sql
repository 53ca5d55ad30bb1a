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