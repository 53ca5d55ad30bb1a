SELECT k, SUM(v, COUNT(*) AS n FROM s;
--! line 1:27: Syntax Error
--! Syntax error at or near 'AS' at line 1:27

SELECT k, 1 AS AS r FROM s;
--! line 1:16: Syntax Error
--! "AS" is a reserved keyword and it can't be used as an identifier. You can use it as an identifier by escaping it as 'AS'

SELECT k, COUNT(*) FROM s WINDOW SLIDING (SIZE 10 SECONDS) GROUP BY k;
--! line 1:42: Syntax Error
--! Expecting {'TUMBLING', 'HOPPING', 'SESSION'}

SELECT * FROM a JOIN b GRACE PERIOD 5 SECONDS ON a.id = b.id;
--! line 1:30: Syntax Error
--! Expecting {'WITHIN', 'ON'}

CREATE STREAM output SELECT * FROM s;
--! line 1:22: Syntax Error
--! missing ';' at 'SELECT'

CREATE STREAM output AS SELECT k, DATE '2020-01-01' AS r FROM s;
--! Failed to prepare statement: Unknown type: DATE, location:Optional[Line: 1, Col: 35]
--! Write CAST('2020-01-01' AS DATE) for a value of a type.

CREATE STREAM output AS SELECT TRANSFORM(m, (k, k) => k, (k, v) => v) AS r FROM s;
--! Failed to prepare statement: Lambda arguments have duplicates: [K, K]

CREATE STREAM s (r STRUCT<a INT, a some_type>) WITH (KAFKA_TOPIC = 's');
--! Failed to prepare statement: Duplicate field names found in STRUCT: '`A` INTEGER' and '`A` some_type'
