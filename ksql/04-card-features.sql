-- Reads:  valid_transactions
-- Writes: card_features: each transaction with its features among the earlier ones of its card.
-- Why:    a table keeps what must be remembered of each card; each change of it is one transaction.
--         One whose id the card has used before is not measured: REPETITION_REASON(card) says so, 05
--         leaves it out, and 13 rejects it.
--         So its topic is read as a stream again, card_changes. It is declared first on purpose:
--         the topic then has the cleanup policy delete. With compact, which a table would choose, a
--         reader that falls behind would miss transactions. And nothing is cached, since a cache
--         would let the second of two transactions of a card swallow the first.
--         From here to 07 a transaction and what was measured of its card travel packed: three topics
--         and two tables pass them on unread. UNPACK_TRANSACTION(transaction) and
--         UNPACK_CARD_FEATURES(card) show what is in them. What the merchant's table reads of a
--         transaction, its event, stays a row.
--         A row of valid_transactions with neither id nor amount is none: make forget sends it, and what
--         is remembered of the card is forgotten. 03 makes no such rows.

SET 'auto.offset.reset' = 'earliest';
SET 'ksql.streams.cache.max.bytes.buffering' = '0';

CREATE STREAM IF NOT EXISTS card_changes (
  card_key    VARCHAR KEY,
  event       STRUCT<
    merchant_id VARCHAR, transaction_id VARCHAR, transaction_time BIGINT,
    source_partition INTEGER, source_offset BIGINT>,
  transaction BYTES,
  card        BYTES
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
      merchant_id      := merchant_id,
      transaction_id   := transaction_id,
      transaction_time := event_time,
      source_partition := source_partition,
      source_offset    := source_offset
    ),
    false
  ) AS event,
  LATEST_BY_OFFSET(
    PACK_TRANSACTION(
      STRUCT(
        transaction_id      := transaction_id,
        card_token          := card_token,
        card_last4          := card_last4,
        customer_id         := customer_id,
        customer_age        := customer_age,
        home_city           := home_city,
        home_lat            := home_lat,
        home_lon            := home_lon,
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
      )
    ),
    false
  ) AS transaction,
  CARD_FEATURES(
    STRUCT(
      transaction      := PACK_TRANSACTION(
        STRUCT(
          transaction_id      := transaction_id,
          card_token          := card_token,
          card_last4          := card_last4,
          customer_id         := customer_id,
          customer_age        := customer_age,
          home_city           := home_city,
          home_lat            := home_lat,
          home_lon            := home_lon,
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
        )
      ),
      source_partition := source_partition,
      source_offset    := source_offset
    )
  ) AS card
FROM valid_transactions
GROUP BY card_key
EMIT CHANGES;
