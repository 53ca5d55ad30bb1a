DROP STREAM payments;
--> DROP STREAM PAYMENTS;
--| DropSource @1:1 kind=STREAM name=PAYMENTS

DROP TABLE IF EXISTS customers DELETE TOPIC;
--> DROP TABLE IF EXISTS CUSTOMERS DELETE TOPIC;
--| DropSource @1:1 kind=TABLE name=CUSTOMERS ifExists=true deleteTopic=true

ALTER STREAM payments ADD COLUMN note STRING, ADD city STRING;
--> ALTER STREAM PAYMENTS
--> ADD COLUMN NOTE STRING,
--> ADD COLUMN CITY STRING;
--| AlterSource @1:1 kind=STREAM name=PAYMENTS
--|   addedColumns: ColumnDefinition @1:34 name=NOTE role=VALUE
--|     type: Known type=STRING
--|   addedColumns: ColumnDefinition @1:51 name=CITY role=VALUE
--|     type: Known type=STRING

ALTER SYSTEM 'ksql.streams.auto.offset.reset' = 'earliest';
--> ALTER SYSTEM 'ksql.streams.auto.offset.reset'='earliest';
--| AlterSystem @1:1 name=ksql.streams.auto.offset.reset value=earliest
