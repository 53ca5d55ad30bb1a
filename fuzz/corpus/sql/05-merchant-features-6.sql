CREATE TYPE IF NOT EXISTS features_of_merchant AS STRUCT<
  
  merchant_count_1d DOUBLE,
  merchant_fraud_share_1d DOUBLE,
  merchant_count_7d DOUBLE,
  merchant_fraud_share_7d DOUBLE,
  merchant_count_30d DOUBLE,
  merchant_fraud_share_30d DOUBLE,
  
  events_merged BIGINT, events_too_late BIGINT>;