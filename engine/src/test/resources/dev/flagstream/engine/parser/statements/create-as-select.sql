-- Persistent queries emit changes where nothing else is written.

CREATE STREAM big AS SELECT * FROM payments WHERE amount > 100;
--> CREATE STREAM BIG AS SELECT *
--> FROM PAYMENTS PAYMENTS
--> WHERE (AMOUNT > 100)
--> EMIT CHANGES;
--| CreateAsSelect @1:1 kind=STREAM name=BIG
--|   query: Query @1:22 emit=CHANGES
--|     select: Star @1:29
--|     from: Source @1:36 name=PAYMENTS alias=PAYMENTS
--|     where: Comparison @1:51 operator=GREATER_THAN
--|       left: ColumnName @1:51 name=AMOUNT
--|       right: IntegerLiteral @1:60 value=100

CREATE OR REPLACE TABLE totals WITH (PARTITIONS=1) AS
  SELECT id, SUM(amount) AS total FROM payments GROUP BY id EMIT CHANGES;
--> CREATE OR REPLACE TABLE TOTALS WITH (PARTITIONS=1) AS SELECT
-->   ID,
-->   SUM(AMOUNT) TOTAL
--> FROM PAYMENTS PAYMENTS
--> GROUP BY ID
--> EMIT CHANGES;
--| CreateAsSelect @1:1 kind=TABLE name=TOTALS orReplace=true
--|   with PARTITIONS: IntegerLiteral @1:49 value=1
--|   query: Query @2:3 emit=CHANGES
--|     select: Single
--|       expression: ColumnName @2:10 name=ID
--|     select: Single alias=TOTAL
--|       expression: FunctionCall @2:14 name=SUM
--|         arguments: ColumnName @2:18 name=AMOUNT
--|     from: Source @2:40 name=PAYMENTS alias=PAYMENTS
--|     groupBy: GroupBy @2:58
--|       expressions: ColumnName @2:58 name=ID

CREATE TABLE closed AS SELECT id, COUNT(*) n FROM payments
  WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY id EMIT FINAL;
--> CREATE TABLE CLOSED AS SELECT
-->   ID,
-->   COUNT(*) N
--> FROM PAYMENTS PAYMENTS
--> WINDOW TUMBLING ( SIZE 1 MINUTES )
--> GROUP BY ID
--> EMIT FINAL;
--| CreateAsSelect @1:1 kind=TABLE name=CLOSED
--|   query: Query @1:24 emit=FINAL
--|     select: Single
--|       expression: ColumnName @1:31 name=ID
--|     select: Single alias=N
--|       expression: FunctionCall @1:35 name=COUNT star=true
--|     from: Source @1:51 name=PAYMENTS alias=PAYMENTS
--|     window: Window @2:10 type=TUMBLING writtenSize=1 MINUTES
--|     groupBy: GroupBy @2:44
--|       expressions: ColumnName @2:44 name=ID
