-- Streams and tables over topics, with keys, headers and properties.

CREATE STREAM payments (id VARCHAR KEY, amount DECIMAL(10,2), tags ARRAY<STRING>)
  WITH (kafka_topic = 'payments', value_format = 'JSON', partitions = 4);
--> CREATE STREAM PAYMENTS (ID STRING KEY, AMOUNT DECIMAL(10, 2), TAGS ARRAY<STRING>) WITH (KAFKA_TOPIC='payments', PARTITIONS=4, VALUE_FORMAT='JSON');
--| CreateSource @1:1 kind=STREAM name=PAYMENTS
--|   columns: ColumnDefinition @1:25 name=ID role=KEY
--|     type: Known type=STRING
--|   columns: ColumnDefinition @1:41 name=AMOUNT role=VALUE
--|     type: Known type=DECIMAL(10, 2)
--|   columns: ColumnDefinition @1:63 name=TAGS role=VALUE
--|     type: Known type=ARRAY<STRING>
--|   with KAFKA_TOPIC: StringLiteral @2:23 value=payments
--|   with VALUE_FORMAT: StringLiteral @2:50 value=JSON
--|   with PARTITIONS: IntegerLiteral @2:71 value=4

CREATE OR REPLACE STREAM payments (id VARCHAR KEY) WITH (KAFKA_TOPIC = 'payments');
--> CREATE OR REPLACE STREAM PAYMENTS (ID STRING KEY) WITH (KAFKA_TOPIC='payments');
--| CreateSource @1:1 kind=STREAM name=PAYMENTS orReplace=true
--|   columns: ColumnDefinition @1:36 name=ID role=KEY
--|     type: Known type=STRING
--|   with KAFKA_TOPIC: StringLiteral @1:72 value=payments

CREATE TABLE IF NOT EXISTS customers (id INT PRIMARY KEY, name STRING) WITH (KAFKA_TOPIC='c');
--> CREATE TABLE IF NOT EXISTS CUSTOMERS (ID INTEGER PRIMARY KEY, NAME STRING) WITH (KAFKA_TOPIC='c');
--| CreateSource @1:1 kind=TABLE name=CUSTOMERS ifNotExists=true
--|   columns: ColumnDefinition @1:39 name=ID role=PRIMARY_KEY
--|     type: Known type=INTEGER
--|   columns: ColumnDefinition @1:59 name=NAME role=VALUE
--|     type: Known type=STRING
--|   with KAFKA_TOPIC: StringLiteral @1:90 value=c

CREATE SOURCE TABLE customers (id INT PRIMARY KEY) WITH (KAFKA_TOPIC='c');
--> CREATE SOURCE TABLE CUSTOMERS (ID INTEGER PRIMARY KEY) WITH (KAFKA_TOPIC='c');
--| CreateSource @1:1 kind=TABLE name=CUSTOMERS source=true
--|   columns: ColumnDefinition @1:32 name=ID role=PRIMARY_KEY
--|     type: Known type=INTEGER
--|   with KAFKA_TOPIC: StringLiteral @1:70 value=c

CREATE STREAM audited (v INT, h ARRAY<STRUCT<key STRING, value BYTES>> HEADERS) WITH (KAFKA_TOPIC='a');
--> CREATE STREAM AUDITED (V INTEGER, H ARRAY<STRUCT<KEY STRING, VALUE BYTES>> HEADERS) WITH (KAFKA_TOPIC='a');
--| CreateSource @1:1 kind=STREAM name=AUDITED
--|   columns: ColumnDefinition @1:24 name=V role=VALUE
--|     type: Known type=INTEGER
--|   columns: ColumnDefinition @1:31 name=H role=HEADERS
--|     type: Known type=ARRAY<STRUCT<`KEY` STRING, `VALUE` BYTES>>
--|   with KAFKA_TOPIC: StringLiteral @1:99 value=a

CREATE STREAM traced (v INT, trace BYTES HEADER('trace-id')) WITH (KAFKA_TOPIC='a');
--> CREATE STREAM TRACED (V INTEGER, TRACE BYTES HEADER('trace-id')) WITH (KAFKA_TOPIC='a');
--| CreateSource @1:1 kind=STREAM name=TRACED
--|   columns: ColumnDefinition @1:23 name=V role=VALUE
--|     type: Known type=INTEGER
--|   columns: ColumnDefinition @1:30 name=TRACE role=HEADER headerName=trace-id
--|     type: Known type=BYTES
--|   with KAFKA_TOPIC: StringLiteral @1:80 value=a

CREATE STREAM inferred WITH (KAFKA_TOPIC='a', FORMAT='JSON');
--> CREATE STREAM INFERRED WITH (FORMAT='JSON', KAFKA_TOPIC='a');
--| CreateSource @1:1 kind=STREAM name=INFERRED
--|   with KAFKA_TOPIC: StringLiteral @1:42 value=a
--|   with FORMAT: StringLiteral @1:54 value=JSON
