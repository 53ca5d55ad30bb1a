-- Reads:  topic credit_card_transactions (JSON, keyed by card number), which the generator fills.
-- Writes: nothing. It only gives the topic a name and a schema.
-- Why:    every other statement starts from typed columns. The time of its rows is still that of
--         their records, which the broker has accepted: 03 compares the transaction's own time with
--         it before it becomes event time.

CREATE STREAM IF NOT EXISTS transactions (
  transaction_id      VARCHAR,
  card_number         VARCHAR,
  customer_id         VARCHAR,
  customer_age        INTEGER,
  home_city           VARCHAR,
  home_lat            DOUBLE,
  home_lon            DOUBLE,
  amount              DECIMAL(10, 2),
  currency            VARCHAR,
  merchant_id         VARCHAR,
  merchant            VARCHAR,
  merchant_category   VARCHAR,
  mcc                 VARCHAR,
  channel             VARCHAR,
  location            STRUCT<city VARCHAR, state VARCHAR, country VARCHAR, lat DOUBLE, lon DOUBLE>,
  location_risk_score DOUBLE,
  timestamp           BIGINT
) WITH (
  KAFKA_TOPIC  = 'credit_card_transactions',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  -- A hundred years: by default ksqlDB keeps a topic that it makes for seven days of event time.
  RETENTION_MS = 3153600000000
);
