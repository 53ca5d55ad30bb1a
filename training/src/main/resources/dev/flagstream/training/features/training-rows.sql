-- Reads:  merchant_changes, which the scripts of the pipeline have made up to here
-- Writes: training_rows: each valid transaction once, with the features that ksql/07 scores.
-- Why:    a model is trained before there is one to score with, so 07 itself cannot run yet. The features
--         come from the same call of ALL_FEATURES.

CREATE STREAM training_rows WITH (
  KAFKA_TOPIC  = 'training_rows',
  VALUE_FORMAT = 'JSON'
) AS SELECT
  merchant_key,
  UNPACK_TRANSACTION(transaction)->transaction_id AS transaction_id,
  UNPACK_TRANSACTION(transaction)->card_token     AS card_token,
  UNPACK_TRANSACTION(transaction)->amount         AS amount,
  ALL_FEATURES(transaction, card, merchant)       AS features,
  UNPACK_TRANSACTION(transaction)->event_time     AS event_time
FROM merchant_changes
WHERE transaction IS NOT NULL
EMIT CHANGES;
