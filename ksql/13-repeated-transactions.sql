-- Reads:  card_changes
-- Writes: rejected_transactions: transactions whose id their card had used before, in an earlier record.
-- Why:    a producer that sends again, or uses an id for another payment, sends two records of one
--         transaction_id. The first is decided; this one is kept with its reason and its place in the
--         input topic, as all are that are not: REPEATED if it says the same, REUSED if its time, amount,
--         merchant, category or country differs. Known are the ids of the last day before
--         the card's newest payment (the grace period of CARD_FEATURES), and those of 31 days by what
--         they say; not those that came over a day late.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS repeated_transactions WITH (
  KAFKA_TOPIC  = 'rejected_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key                 AS card_token,
  REPETITION_REASON(card)  AS reason,
  SUBSTRING(MASK_CARD_NUMBERS(TO_JSON_STRING(UNPACK_TRANSACTION(transaction))), 1, 10000) AS payload,
  CAST(NULL AS INTEGER)    AS payload_bytes,
  event->source_partition  AS source_partition,
  event->source_offset     AS source_offset
FROM card_changes
WHERE REPETITION_REASON(card) IS NOT NULL
EMIT CHANGES;
