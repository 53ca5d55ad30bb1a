-- Rows by value, and rows from a query.

INSERT INTO payments VALUES ('p1', 12.5, ARRAY['a','b']);
--> INSERT INTO PAYMENTS VALUES ('p1', 12.5, ARRAY['a', 'b']);
--| InsertValues @1:1 target=PAYMENTS
--|   values: StringLiteral @1:30 value=p1
--|   values: DecimalLiteral @1:36 value=12.5
--|   values: ArrayConstructor @1:42
--|     elements: StringLiteral @1:48 value=a
--|     elements: StringLiteral @1:52 value=b

INSERT INTO payments (id, amount) VALUES ('p1', -3);
--> INSERT INTO PAYMENTS (ID, AMOUNT) VALUES ('p1', -3);
--| InsertValues @1:1 target=PAYMENTS columns=[ID, AMOUNT]
--|   values: StringLiteral @1:43 value=p1
--|   values: IntegerLiteral @1:49 value=-3

INSERT INTO big SELECT id, amount FROM payments WHERE amount > 10;
--> INSERT INTO BIG SELECT
-->   ID,
-->   AMOUNT
--> FROM PAYMENTS PAYMENTS
--> WHERE (AMOUNT > 10)
--> EMIT CHANGES;
--| InsertInto @1:13 target=BIG
--|   query: Query @1:17 emit=CHANGES
--|     select: Single
--|       expression: ColumnName @1:24 name=ID
--|     select: Single
--|       expression: ColumnName @1:28 name=AMOUNT
--|     from: Source @1:40 name=PAYMENTS alias=PAYMENTS
--|     where: Comparison @1:55 operator=GREATER_THAN
--|       left: ColumnName @1:55 name=AMOUNT
--|       right: IntegerLiteral @1:64 value=10

INSERT INTO big WITH (QUERY_ID='FILL_BIG') SELECT * FROM payments;
--> INSERT INTO BIG WITH (QUERY_ID='FILL_BIG') SELECT *
--> FROM PAYMENTS PAYMENTS
--> EMIT CHANGES;
--| InsertInto @1:13 target=BIG
--|   with QUERY_ID: StringLiteral @1:32 value=FILL_BIG
--|   query: Query @1:44 emit=CHANGES
--|     select: Star @1:51
--|     from: Source @1:58 name=PAYMENTS alias=PAYMENTS
