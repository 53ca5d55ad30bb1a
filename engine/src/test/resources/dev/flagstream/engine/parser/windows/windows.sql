SELECT a FROM s WINDOW TUMBLING (SIZE 10 SECONDS) GROUP BY a;
--> SELECT A
--> FROM S S
--> WINDOW TUMBLING ( SIZE 10 SECONDS )
--> GROUP BY A;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=A
--|     from: Source @1:15 name=S alias=S
--|     window: Window @1:24 type=TUMBLING writtenSize=10 SECONDS
--|     groupBy: GroupBy @1:60
--|       expressions: ColumnName @1:60 name=A

SELECT a FROM s WINDOW TUMBLING (SIZE 1 DAY, RETENTION 2 DAYS, GRACE PERIOD 12 HOURS) GROUP BY a;
--> SELECT A
--> FROM S S
--> WINDOW TUMBLING ( SIZE 1 DAYS , RETENTION 2 DAYS , GRACE PERIOD 12 HOURS )
--> GROUP BY A;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=A
--|     from: Source @1:15 name=S alias=S
--|     window: Window @1:24 type=TUMBLING writtenSize=1 DAYS writtenGrace=12 HOURS writtenRetention=2 DAYS
--|     groupBy: GroupBy @1:96
--|       expressions: ColumnName @1:96 name=A

SELECT a FROM s WINDOW HOPPING (SIZE 1 MINUTE, ADVANCE BY 10 SECONDS) GROUP BY a;
--> SELECT A
--> FROM S S
--> WINDOW HOPPING ( SIZE 1 MINUTES , ADVANCE BY 10 SECONDS )
--> GROUP BY A;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=A
--|     from: Source @1:15 name=S alias=S
--|     window: Window @1:24 type=HOPPING writtenSize=1 MINUTES writtenAdvance=10 SECONDS
--|     groupBy: GroupBy @1:80
--|       expressions: ColumnName @1:80 name=A

SELECT a FROM s WINDOW SESSION (500 MILLISECONDS, GRACE PERIOD 0 SECONDS) GROUP BY a;
--> SELECT A
--> FROM S S
--> WINDOW SESSION ( 500 MILLISECONDS , GRACE PERIOD 0 SECONDS )
--> GROUP BY A;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=A
--|     from: Source @1:15 name=S alias=S
--|     window: Window @1:24 type=SESSION writtenSize=500 MILLISECONDS writtenGrace=0 SECONDS
--|     groupBy: GroupBy @1:84
--|       expressions: ColumnName @1:84 name=A

-- 60 seconds stay 60 seconds in the normalized text.
SELECT a FROM s WINDOW TUMBLING (SIZE 60 SECONDS) GROUP BY a;
--> SELECT A
--> FROM S S
--> WINDOW TUMBLING ( SIZE 60 SECONDS )
--> GROUP BY A;
--| QueryStatement @2:1
--|   query: Query @2:1
--|     select: Single
--|       expression: ColumnName @2:8 name=A
--|     from: Source @2:15 name=S alias=S
--|     window: Window @2:24 type=TUMBLING writtenSize=60 SECONDS
--|     groupBy: GroupBy @2:60
--|       expressions: ColumnName @2:60 name=A

-- A month has no fixed length.
SELECT a FROM s WINDOW TUMBLING (SIZE 1 MONTH) GROUP BY a;
--! line 2:41: Syntax Error
