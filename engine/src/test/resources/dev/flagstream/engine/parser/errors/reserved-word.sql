CREATE STREAM orders (id VARCHAR, size INTEGER) WITH (KAFKA_TOPIC='o');
--! line 1:35: Syntax Error
--! "size" is a reserved keyword and it can't be used as an identifier. You can use it as an identifier by escaping it as 'size'

CREATE TABLE left (a VARCHAR PRIMARY KEY) WITH (KAFKA_TOPIC='l');
--! line 1:14: Syntax Error
--! Syntax error at or near 'left' at line 1:14

CREATE TABLE AS SELECT x FROM s;
--! line 1:14: Syntax Error
--! Syntax error at or near 'AS' at line 1:14
