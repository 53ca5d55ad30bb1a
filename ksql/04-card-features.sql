-- Reads:  valid_transactions
-- Writes: card_features: each transaction with its features among the earlier ones of its card.
-- Why:    a table keeps what must be remembered of each card; each change of it is one transaction.
--         So its topic is read as a stream again, card_changes. It is declared first on purpose:
--         the topic then has the cleanup policy delete. With compact, which a table would choose, a
--         reader that falls behind would miss transactions. And nothing is cached, since a cache
--         would let the second of two transactions of a card swallow the first.

SET 'auto.offset.reset' = 'earliest';
SET 'ksql.streams.cache.max.bytes.buffering' = '0';

CREATE TYPE IF NOT EXISTS valid_transaction AS STRUCT<
  transaction_id VARCHAR, card_token VARCHAR, card_last4 VARCHAR, customer_id VARCHAR,
  customer_age INTEGER, home_city VARCHAR, amount DECIMAL(10, 2), currency VARCHAR,
  merchant_id VARCHAR, merchant VARCHAR, merchant_category VARCHAR, mcc VARCHAR, channel VARCHAR,
  location STRUCT<city VARCHAR, state VARCHAR, country VARCHAR, lat DOUBLE, lon DOUBLE>,
  location_risk_score DOUBLE, event_time BIGINT>;

CREATE TYPE IF NOT EXISTS features_of_card AS STRUCT<
  -- Written by make features: types of cards
  amount DOUBLE,
  card_count_10m DOUBLE,
  card_sum_10m DOUBLE,
  card_mean_10m DOUBLE,
  card_count_1h DOUBLE,
  card_sum_1h DOUBLE,
  card_mean_1h DOUBLE,
  card_count_1d DOUBLE,
  card_sum_1d DOUBLE,
  card_mean_1d DOUBLE,
  card_count_7d DOUBLE,
  card_sum_7d DOUBLE,
  card_mean_7d DOUBLE,
  card_count_30d DOUBLE,
  card_sum_30d DOUBLE,
  card_mean_30d DOUBLE,
  amount_ratio_30d DOUBLE,
  amount_zscore_30d DOUBLE,
  seconds_since_last DOUBLE,
  km_from_last DOUBLE,
  kmh_from_last DOUBLE,
  km_from_home DOUBLE,
  new_merchant DOUBLE,
  new_category DOUBLE,
  new_country DOUBLE,
  night DOUBLE,
  weekend DOUBLE,
  -- end of features
  events_dropped BIGINT, events_too_late BIGINT>;

CREATE STREAM IF NOT EXISTS card_changes (
  card_key    VARCHAR KEY,
  transaction valid_transaction,
  features    features_of_card
) WITH (
  KAFKA_TOPIC  = 'card_features',
  PARTITIONS   = 4,
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
);

CREATE TABLE IF NOT EXISTS card_features WITH (
  KAFKA_TOPIC  = 'card_features',
  VALUE_FORMAT = 'JSON'
) AS SELECT
  card_key,
  LATEST_BY_OFFSET(
    STRUCT(
      transaction_id      := transaction_id,
      card_token          := card_token,
      card_last4          := card_last4,
      customer_id         := customer_id,
      customer_age        := customer_age,
      home_city           := home_city,
      amount              := amount,
      currency            := currency,
      merchant_id         := merchant_id,
      merchant            := merchant,
      merchant_category   := merchant_category,
      mcc                 := mcc,
      channel             := channel,
      location            := location,
      location_risk_score := location_risk_score,
      event_time          := event_time
    ),
    false
  ) AS transaction,
  CARD_FEATURES(
    STRUCT(
      transaction_id    := transaction_id,
      event_time        := event_time,
      amount            := amount,
      merchant_id       := merchant_id,
      merchant_category := merchant_category,
      country           := location->country,
      lat               := location->lat,
      lon               := location->lon,
      home_lat          := home_lat,
      home_lon          := home_lon
    )
  ) AS features
FROM valid_transactions
GROUP BY card_key
EMIT CHANGES;
