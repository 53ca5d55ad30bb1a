-- Reads:  merchant_changes
-- Writes: transaction_features: each valid transaction once, with all its features in one STRUCT.
-- Why:    what models are trained on and what they score is the same row, made here and nowhere
--         else. A change without a transaction was one of a label.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS transaction_features WITH (
  KAFKA_TOPIC  = 'transaction_features',
  VALUE_FORMAT = 'JSON',
  -- A table's change has the time of the newest transaction of its key; from here on it is its own again.
  TIMESTAMP    = 'event_time',
  RETENTION_MS = 3153600000000
) AS SELECT
  transaction->card_token          AS card_key,
  transaction->transaction_id      AS transaction_id,
  AS_VALUE(transaction->card_token) AS card_token,
  transaction->card_last4          AS card_last4,
  transaction->customer_id         AS customer_id,
  transaction->customer_age        AS customer_age,
  transaction->home_city           AS home_city,
  transaction->amount              AS amount,
  transaction->currency            AS currency,
  transaction->merchant_id         AS merchant_id,
  transaction->merchant            AS merchant,
  transaction->merchant_category   AS merchant_category,
  transaction->mcc                 AS mcc,
  transaction->channel             AS channel,
  transaction->location            AS location,
  transaction->location_risk_score AS location_risk_score,
  STRUCT(
    -- Written by make features: all from where they are measured
    amount                   := card->amount,
    card_count_10m           := card->card_count_10m,
    card_sum_10m             := card->card_sum_10m,
    card_mean_10m            := card->card_mean_10m,
    card_count_1h            := card->card_count_1h,
    card_sum_1h              := card->card_sum_1h,
    card_mean_1h             := card->card_mean_1h,
    card_count_1d            := card->card_count_1d,
    card_sum_1d              := card->card_sum_1d,
    card_mean_1d             := card->card_mean_1d,
    card_count_7d            := card->card_count_7d,
    card_sum_7d              := card->card_sum_7d,
    card_mean_7d             := card->card_mean_7d,
    card_count_30d           := card->card_count_30d,
    card_sum_30d             := card->card_sum_30d,
    card_mean_30d            := card->card_mean_30d,
    amount_ratio_30d         := card->amount_ratio_30d,
    amount_zscore_30d        := card->amount_zscore_30d,
    seconds_since_last       := card->seconds_since_last,
    km_from_last             := card->km_from_last,
    kmh_from_last            := card->kmh_from_last,
    km_from_home             := card->km_from_home,
    new_merchant             := card->new_merchant,
    new_category             := card->new_category,
    new_country              := card->new_country,
    night                    := card->night,
    weekend                  := card->weekend,
    merchant_count_1d        := merchant->merchant_count_1d,
    merchant_fraud_share_1d  := merchant->merchant_fraud_share_1d,
    merchant_count_7d        := merchant->merchant_count_7d,
    merchant_fraud_share_7d  := merchant->merchant_fraud_share_7d,
    merchant_count_30d       := merchant->merchant_count_30d,
    merchant_fraud_share_30d := merchant->merchant_fraud_share_30d,
    customer_age             := CAST(transaction->customer_age AS DOUBLE),
    location_risk            := transaction->location_risk_score
    -- end of features
  )                                AS features,
  STRUCT(
    card_events_dropped      := card->events_dropped,
    card_events_too_late     := card->events_too_late,
    merchant_events_merged   := merchant->events_merged,
    merchant_events_too_late := merchant->events_too_late
  )                                AS left_out,
  transaction->event_time          AS event_time
FROM merchant_changes
WHERE transaction IS NOT NULL
PARTITION BY transaction->card_token
EMIT CHANGES;
