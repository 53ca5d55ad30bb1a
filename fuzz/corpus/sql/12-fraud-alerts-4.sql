CREATE STREAM IF NOT EXISTS fraud_alerts WITH (
  KAFKA_TOPIC  = 'fraud_alerts',
  VALUE_FORMAT = 'JSON',
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  card_key,
  CONCAT(incident->incident_id, '|', incident->severity) AS alert_id,
  incident->incident_id          AS incident_id,
  incident->alert                AS kind,
  incident->severity             AS severity,
  incident->expected_loss        AS expected_loss,
  incident->amount               AS amount_sum,
  incident->transactions         AS transactions,
  incident->suppressed           AS suppressed,
  incident->started              AS started,
  AS_VALUE(card_key)             AS card_token,
  last_flagged->transaction_id   AS transaction_id,
  last_flagged->card_last4       AS card_last4,
  last_flagged->customer_id      AS customer_id,
  last_flagged->amount           AS amount,
  last_flagged->currency         AS currency,
  last_flagged->merchant_id      AS merchant_id,
  last_flagged->merchant         AS merchant,
  last_flagged->merchant_category AS merchant_category,
  last_flagged->city             AS city,
  last_flagged->country          AS country,
  last_flagged->rule_hits        AS rule_hits,
  last_flagged->rule_set         AS rule_set,
  last_flagged->model            AS model,
  last_flagged->fraud_probability AS fraud_probability,
  last_flagged->event_time       AS event_time
FROM incident_changes
WHERE incident->alert IS NOT NULL
EMIT CHANGES;