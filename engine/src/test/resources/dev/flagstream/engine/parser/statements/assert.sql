ASSERT TOPIC payments WITH (PARTITIONS=4) TIMEOUT 10 SECONDS;
--> ASSERT TOPIC payments WITH (PARTITIONS=4) TIMEOUT 10000 MILLISECONDS;
--| AssertTopic @1:1 topic=payments timeout=PT10S exists=true
--|   with PARTITIONS: IntegerLiteral @1:40 value=4

ASSERT NOT EXISTS TOPIC 'pay-ments';
--> ASSERT NOT EXISTS TOPIC 'pay-ments';
--| AssertTopic @1:1 topic=pay-ments

ASSERT SCHEMA SUBJECT 'payments-value' ID 4;
--> ASSERT SCHEMA SUBJECT 'payments-value' ID 4;
--| AssertSchema @1:1 subject=payments-value id=4 exists=true

-- Only ksqlDB's test tool knows this one.
ASSERT VALUES payments (id) VALUES (1);
--! line 2:8: Syntax Error
--! Syntax error at or near 'VALUES' at line 2:8
