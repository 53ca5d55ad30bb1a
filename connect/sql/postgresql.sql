-- Decisions as rows, in PostgreSQL; the sink adds a column for every other field of a decision (connect/README.md).
-- Times are UTC. Running this again changes nothing.
CREATE TABLE IF NOT EXISTS decisions (
  transaction_id      TEXT PRIMARY KEY,
  customer_id         TEXT,
  amount              NUMERIC(38, 2),
  event_time          TIMESTAMP(3),
  customer_age        INTEGER,
  location_risk_score DOUBLE PRECISION,
  is_fraud            BOOLEAN
);

CREATE OR REPLACE VIEW fraud_predictions AS
SELECT
  transaction_id,
  amount     AS transaction_amount,
  event_time AS transaction_time,
  customer_age,
  location_risk_score,
  is_fraud
FROM decisions;
