SELECT * FROM s;
--> SELECT *
--> FROM S S;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8
--|     from: Source @1:15 name=S alias=S

SELECT s.*, a AS x, b y, s.c FROM s;
--> SELECT
-->   S.*,
-->   A X,
-->   B Y,
-->   S.C
--> FROM S S;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Star @1:8 source=S
--|     select: Single alias=X
--|       expression: ColumnName @1:13 name=A
--|     select: Single alias=Y
--|       expression: ColumnName @1:21 name=B
--|     select: Single
--|       expression: ColumnName @1:26 source=S name=C
--|     from: Source @1:35 name=S alias=S

SELECT v->a->*, k->* FROM s;
--> SELECT
-->   V->A->*,
-->   K->*
--> FROM S S;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: StructStar @1:8
--|       struct: Dereference @1:8 field=A
--|         struct: ColumnName @1:8 name=V
--|     select: StructStar @1:17
--|       struct: ColumnName @1:17 name=K
--|     from: Source @1:27 name=S alias=S

-- Only a struct has fields to spread.
SELECT 1 + v->* FROM s;
--! line 2:13: Syntax Error
--! Syntax error at or near '->' at line 2:13
