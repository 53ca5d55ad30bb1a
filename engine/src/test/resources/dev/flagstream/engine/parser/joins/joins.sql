SELECT * FROM a JOIN b ON a.k = b.k;
--> SELECT *
--> FROM A A
--> INNER JOIN B B ON ((A.K = B.K));
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8
--|     from: Join @1:17 type=INNER
--|       left: Source @1:15 name=A alias=A
--|       right: Source @1:22 name=B alias=B
--|       on: Comparison @1:27 operator=EQUAL
--|         left: ColumnName @1:27 source=A name=K
--|         right: ColumnName @1:33 source=B name=K

SELECT * FROM a x LEFT OUTER JOIN b AS y ON x.k = y.k FULL JOIN c ON x.k = c.k RIGHT JOIN d ON x.k = d.k;
--> SELECT *
--> FROM A X
--> LEFT OUTER JOIN B Y ON ((X.K = Y.K))
--> FULL OUTER JOIN C C ON ((X.K = C.K))
--> RIGHT OUTER JOIN D D ON ((X.K = D.K));
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8
--|     from: Join @1:80 type=RIGHT
--|       left: Join @1:55 type=FULL
--|         left: Join @1:19 type=LEFT
--|           left: Source @1:15 name=A alias=X
--|           right: Source @1:35 name=B alias=Y
--|           on: Comparison @1:45 operator=EQUAL
--|             left: ColumnName @1:45 source=X name=K
--|             right: ColumnName @1:51 source=Y name=K
--|         right: Source @1:65 name=C alias=C
--|         on: Comparison @1:70 operator=EQUAL
--|           left: ColumnName @1:70 source=X name=K
--|           right: ColumnName @1:76 source=C name=K
--|       right: Source @1:91 name=D alias=D
--|       on: Comparison @1:96 operator=EQUAL
--|         left: ColumnName @1:96 source=X name=K
--|         right: ColumnName @1:102 source=D name=K

SELECT * FROM a INNER JOIN b WITHIN 10 SECONDS GRACE PERIOD 1 MINUTE ON a.k = b.k;
--> SELECT *
--> FROM A A
--> INNER JOIN B B WITHIN 10 SECONDS GRACE PERIOD 1 MINUTES ON ((A.K = B.K));
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8
--|     from: Join @1:17 type=INNER
--|       left: Source @1:15 name=A alias=A
--|       right: Source @1:28 name=B alias=B
--|       within: Within @1:30 writtenBefore=10 SECONDS writtenAfter=10 SECONDS writtenGrace=1 MINUTES
--|       on: Comparison @1:73 operator=EQUAL
--|         left: ColumnName @1:73 source=A name=K
--|         right: ColumnName @1:79 source=B name=K

SELECT * FROM a JOIN b WITHIN (1 SECOND, 2 MINUTES) ON a.k = b.k;
--> SELECT *
--> FROM A A
--> INNER JOIN B B WITHIN (1 SECONDS, 2 MINUTES) ON ((A.K = B.K));
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8
--|     from: Join @1:17 type=INNER
--|       left: Source @1:15 name=A alias=A
--|       right: Source @1:22 name=B alias=B
--|       within: Within @1:24 writtenBefore=1 SECONDS writtenAfter=2 MINUTES
--|       on: Comparison @1:56 operator=EQUAL
--|         left: ColumnName @1:56 source=A name=K
--|         right: ColumnName @1:62 source=B name=K
