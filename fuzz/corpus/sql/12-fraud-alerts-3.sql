CREATE TABLE IF NOT EXISTS card_incidents WITH (
  KAFKA_TOPIC  = 'card_incidents',
  VALUE_FORMAT = 'JSON'
) AS SELECT
  card_key,
  FRAUD_INCIDENT(
    STRUCT(
      transaction_id    := transaction_id,
      event_time        := event_time,
      amount            := amount,
      fraud_probability := fraud_probability
    )
  ) AS incident,
  LATEST_BY_OFFSET(
    STRUCT(
      transaction_id    := transaction_id,
      card_last4        := card_last4,
      customer_id       := customer_id,
      amount            := amount,
      currency          := currency,
      merchant_id       := merchant_id,
      merchant          := merchant,
      merchant_category := merchant_category,
      city              := location->`city`,
      country           := location->`country`,
      rule_hits         := rule_hits,
      rule_set          := rule_set,
      model             := model,
      fraud_probability := fraud_probability,
      event_time        := event_time
    ),
    false
  ) AS last_flagged
FROM flagged_transactions
GROUP BY card_key
EMIT CHANGES;