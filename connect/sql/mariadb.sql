-- Decisions as rows, in MariaDB 10.6 or later; the sink adds a column for every other field of a decision (connect/README.md).
-- Times are UTC. Ids are compared byte by byte: 'A1', 'a1' and 'a1 ' are three transactions. Running this again changes nothing.
CREATE TABLE IF NOT EXISTS decisions (
  transaction_id      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PRIMARY KEY,
  customer_id         LONGTEXT,
  amount              DECIMAL(38, 2),
  event_time          DATETIME(3),
  customer_age        INTEGER,
  location_risk_score DOUBLE,
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
