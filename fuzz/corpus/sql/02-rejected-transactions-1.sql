CREATE STREAM IF NOT EXISTS raw_transactions (
  card_number VARCHAR KEY,
  payload     BYTES
) WITH (
  KAFKA_TOPIC  = 'credit_card_transactions',
  VALUE_FORMAT = 'KAFKA'
);