CREATE STREAM s (a BOOLEAN, b INT, c INTEGER, d BIGINT, e DOUBLE, f DECIMAL(38, 10), g VARCHAR, h STRING,
  i BYTES, j TIME, k DATE, l TIMESTAMP) WITH (KAFKA_TOPIC='t');
--> CREATE STREAM S (A BOOLEAN, B INTEGER, C INTEGER, D BIGINT, E DOUBLE, F DECIMAL(38, 10), G STRING, H STRING, I BYTES, J TIME, K DATE, L TIMESTAMP) WITH (KAFKA_TOPIC='t');
--| CreateSource @1:1 kind=STREAM name=S
--|   columns: ColumnDefinition @1:18 name=A role=VALUE
--|     type: Known type=BOOLEAN
--|   columns: ColumnDefinition @1:29 name=B role=VALUE
--|     type: Known type=INTEGER
--|   columns: ColumnDefinition @1:36 name=C role=VALUE
--|     type: Known type=INTEGER
--|   columns: ColumnDefinition @1:47 name=D role=VALUE
--|     type: Known type=BIGINT
--|   columns: ColumnDefinition @1:57 name=E role=VALUE
--|     type: Known type=DOUBLE
--|   columns: ColumnDefinition @1:67 name=F role=VALUE
--|     type: Known type=DECIMAL(38, 10)
--|   columns: ColumnDefinition @1:86 name=G role=VALUE
--|     type: Known type=STRING
--|   columns: ColumnDefinition @1:97 name=H role=VALUE
--|     type: Known type=STRING
--|   columns: ColumnDefinition @2:3 name=I role=VALUE
--|     type: Known type=BYTES
--|   columns: ColumnDefinition @2:12 name=J role=VALUE
--|     type: Known type=TIME
--|   columns: ColumnDefinition @2:20 name=K role=VALUE
--|     type: Known type=DATE
--|   columns: ColumnDefinition @2:28 name=L role=VALUE
--|     type: Known type=TIMESTAMP
--|   with KAFKA_TOPIC: StringLiteral @2:59 value=t

CREATE STREAM s (a ARRAY<MAP<STRING, STRUCT<x INT, y STRUCT< >>>>, b address, c ARRAY<address>) WITH (KAFKA_TOPIC='t');
--> CREATE STREAM S (A ARRAY<MAP<STRING, STRUCT<X INTEGER, Y STRUCT< >>>>, B ADDRESS, C ARRAY<ADDRESS>) WITH (KAFKA_TOPIC='t');
--| CreateSource @1:1 kind=STREAM name=S
--|   columns: ColumnDefinition @1:18 name=A role=VALUE
--|     type: Known type=ARRAY<MAP<STRING, STRUCT<`X` INTEGER, `Y` STRUCT< >>>>
--|   columns: ColumnDefinition @1:68 name=B role=VALUE
--|     type: Custom @1:70 name=ADDRESS
--|   columns: ColumnDefinition @1:79 name=C role=VALUE
--|     type: ArrayOf
--|       element: Custom @1:87 name=ADDRESS
--|   with KAFKA_TOPIC: StringLiteral @1:115 value=t

CREATE STREAM s (a DECIMAL(2, 4)) WITH (KAFKA_TOPIC='t');
--! Failed to prepare statement: DECIMAL precision must be >= scale: DECIMAL(2,4)

CREATE STREAM s (a DECIMAL(2)) WITH (KAFKA_TOPIC='t');
--! line 1:29: Syntax Error
--! Expecting ','
