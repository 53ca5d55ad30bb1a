-- Reads:  topic credit_card_transactions again, as plain bytes.
-- Writes: rejected_transactions: what cannot be scored, and why.
-- Why:    a record that is not JSON, or lacks its amount, never becomes a row of the stream transactions.
--         Here it is kept with its reason, so that in = scored + rejected at any time. The card
--         number stays behind: the key is its token, and the text is masked. Partition and offset
--         say where the original is; of a long payload only the beginning is kept, with its length
--         in bytes.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS raw_transactions (
  card_number VARCHAR KEY,
  payload     BYTES
) WITH (
  KAFKA_TOPIC  = 'credit_card_transactions',
  VALUE_FORMAT = 'KAFKA'
);

CREATE STREAM IF NOT EXISTS rejected_transactions WITH (
  KAFKA_TOPIC  = 'rejected_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  CARD_TOKEN(card_number)            AS card_token,
  REJECTION_REASON(payload, ROWTIME) AS reason,
  -- Masked first: a card number that is cut in two would not be recognised.
  SUBSTRING(MASK_CARD_NUMBERS(FROM_BYTES(payload, 'utf8')), 1, 10000) AS payload,
  LEN(payload)                       AS payload_bytes,
  ROWPARTITION                       AS source_partition,
  ROWOFFSET                          AS source_offset
FROM raw_transactions
WHERE REJECTION_REASON(payload, ROWTIME) IS NOT NULL
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;
