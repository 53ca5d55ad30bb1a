TERMINATE csas_big_7;
--> TERMINATE CSAS_BIG_7;
--| Terminate @1:1 queryId=CSAS_BIG_7

TERMINATE ALL;
--> TERMINATE ALL;
--| Terminate @1:1

PAUSE CSAS_BIG_7; RESUME CSAS_BIG_7;
--> PAUSE CSAS_BIG_7;
--| Pause @1:1 queryId=CSAS_BIG_7
--> RESUME CSAS_BIG_7;
--| Resume @1:19 queryId=CSAS_BIG_7

EXPLAIN CSAS_BIG_7;
--> EXPLAIN
--> CSAS_BIG_7;
--| Explain @1:1 queryId=CSAS_BIG_7

EXPLAIN SELECT id FROM payments EMIT CHANGES;
--> EXPLAIN
--> SELECT ID
--> FROM PAYMENTS PAYMENTS
--> EMIT CHANGES;
--| Explain @1:1
--|   statement: QueryStatement @1:9
--|     query: Query @1:9 emit=CHANGES
--|       select: Single
--|         expression: ColumnName @1:16 name=ID
--|       from: Source @1:24 name=PAYMENTS alias=PAYMENTS

-- The name of a topic keeps its case.
PRINT card_Windows FROM BEGINNING INTERVAL 2 LIMIT 3;
--> PRINT card_Windows FROM BEGINNING INTERVAL 2 LIMIT 3;
--| PrintTopic @2:1 topic=card_Windows fromBeginning=true interval=2 limit=3

PRINT 'card-windows';
--> PRINT 'card-windows';
--| PrintTopic @1:1 topic=card-windows
