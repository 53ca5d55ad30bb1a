CREATE STREAM IF NOT EXISTS flagged_transactions WITH (
  KAFKA_TOPIC  = 'flagged_transactions',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key,
  transaction_id,
  card_token,
  card_last4,
  customer_id,
  customer_age,
  home_city,
  amount,
  currency,
  merchant_id,
  merchant,
  merchant_category,
  mcc,
  channel,
  location,
  location_risk_score,
  is_fraud,
  rule_hits,
  rule_set,
  model_alert,
  fraud_score,
  fraud_threshold,
  fraud_probability,
  anomaly_score,
  reasons,
  model,
  anomaly_model,
  features,
  event_time
FROM scored_transactions
WHERE is_fraud = true
EMIT CHANGES;