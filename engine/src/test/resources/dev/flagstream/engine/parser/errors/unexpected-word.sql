CREATE STRAEM s (a INT) WITH (KAFKA_TOPIC='s');
--! line 1:8: Syntax Error
--! Syntax error at or near 'STRAEM' at line 1:8

SELECT * FORM s;
--! line 1:10: Syntax Error
--! Expecting {',', 'FROM'}

SELECT only, columns;
--! line 1:21: Syntax Error
--! Expecting {',', 'FROM'}

SELECT a b c FROM s;
--! line 1:12: Syntax Error
--! Expecting {',', 'FROM'}

SELECT * FROM a, b;
--! line 1:16: Syntax Error

CREATE STREAM s (k STRING (KEY)) WITH (KAFKA_TOPIC='s');
--! line 1:28: Syntax Error
--! Expecting {'STRING', INTEGER_VALUE}

SELECT * FROM s WHERE a IN ();
--! line 1:29: Syntax Error

SELECT * FROM s GROUP BY a AND b;
--! line 1:28: Syntax Error
