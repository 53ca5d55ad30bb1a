CREATE STREAM IF NOT EXISTS rejected_transactions WITH (
  KAFKA_TOPIC  = 'rejected_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  CARD_TOKEN(card_number)            AS card_token,
  REJECTION_REASON(payload, ROWTIME) AS reason,
  
  SUBSTRING(MASK_CARD_NUMBERS(FROM_BYTES(payload, 'utf8')), 1, 10000) AS payload,
  LEN(payload)                       AS payload_bytes,
  ROWPARTITION                       AS source_partition,
  ROWOFFSET                          AS source_offset
FROM raw_transactions
WHERE REJECTION_REASON(payload, ROWTIME) IS NOT NULL
PARTITION BY CARD_TOKEN(card_number)
EMIT CHANGES;