-- Reads:  transaction_features
-- Writes: scored_transactions: every valid transaction with its verdict, what each rule and model said of it,
--         the versions of these rules and models, and the features they judged by. Kafka Connect carries it
--         to MongoDB (connect/scored-transactions.json).
-- Why:    one decision, made once. What is flagged and what is cleared both come from here, and each can
--         be explained, and made again, from its own record.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS scored_transactions WITH (
  KAFKA_TOPIC  = 'scored_transactions',
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
  -- Names in structs are quoted, because the sink renames top-level fields only.
  STRUCT(
    `city`    := location->city,
    `state`   := location->state,
    `country` := location->country,
    `lat`     := location->lat,
    `lon`     := location->lon
  ) AS location,
  location_risk_score,
  IS_FRAUD(amount, location->city, home_city)
    OR COALESCE(FRAUD_SCORE('forest', features) >= FRAUD_THRESHOLD('forest'), false) AS is_fraud,
  RULE_HITS(amount, location->city, home_city) AS rule_hits,
  RULE_SET_VERSION()                           AS rule_set,
  COALESCE(FRAUD_SCORE('forest', features) >= FRAUD_THRESHOLD('forest'), false) AS model_alert,
  FRAUD_SCORE('forest', features)                                AS fraud_score,
  FRAUD_THRESHOLD('forest')                                      AS fraud_threshold,
  FRAUD_PROBABILITY('forest', features)                          AS fraud_probability,
  ANOMALY_SCORE('isolation', features)                           AS anomaly_score,
  TRANSFORM(
    FRAUD_REASONS('forest', features, 5),
    reason => STRUCT(
      `feature`      := reason->feature,
      `value`        := reason->value,
      `contribution` := reason->contribution))                   AS reasons,
  MODEL_VERSION('forest')                                        AS model,
  MODEL_VERSION('isolation')                                     AS anomaly_model,
  STRUCT(
    -- Written by make features: all with names in quotes
    `amount`                   := features->amount,
    `card_count_10m`           := features->card_count_10m,
    `card_sum_10m`             := features->card_sum_10m,
    `card_mean_10m`            := features->card_mean_10m,
    `card_count_1h`            := features->card_count_1h,
    `card_sum_1h`              := features->card_sum_1h,
    `card_mean_1h`             := features->card_mean_1h,
    `card_count_1d`            := features->card_count_1d,
    `card_sum_1d`              := features->card_sum_1d,
    `card_mean_1d`             := features->card_mean_1d,
    `card_count_7d`            := features->card_count_7d,
    `card_sum_7d`              := features->card_sum_7d,
    `card_mean_7d`             := features->card_mean_7d,
    `card_count_30d`           := features->card_count_30d,
    `card_sum_30d`             := features->card_sum_30d,
    `card_mean_30d`            := features->card_mean_30d,
    `amount_ratio_30d`         := features->amount_ratio_30d,
    `amount_zscore_30d`        := features->amount_zscore_30d,
    `seconds_since_last`       := features->seconds_since_last,
    `km_from_last`             := features->km_from_last,
    `kmh_from_last`            := features->kmh_from_last,
    `km_from_home`             := features->km_from_home,
    `new_merchant`             := features->new_merchant,
    `new_category`             := features->new_category,
    `new_country`              := features->new_country,
    `night`                    := features->night,
    `weekend`                  := features->weekend,
    `merchant_count_1d`        := features->merchant_count_1d,
    `merchant_fraud_share_1d`  := features->merchant_fraud_share_1d,
    `merchant_count_7d`        := features->merchant_count_7d,
    `merchant_fraud_share_7d`  := features->merchant_fraud_share_7d,
    `merchant_count_30d`       := features->merchant_count_30d,
    `merchant_fraud_share_30d` := features->merchant_fraud_share_30d,
    `customer_age`             := features->customer_age,
    `location_risk`            := features->location_risk
    -- end of features
  ) AS features,
  event_time
FROM transaction_features
EMIT CHANGES;
