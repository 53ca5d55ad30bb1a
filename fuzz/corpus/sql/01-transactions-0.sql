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
  
  RETENTION_MS = 3153600000000
);