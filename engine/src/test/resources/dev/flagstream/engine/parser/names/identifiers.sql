-- Unquoted names are upper-cased, quoted ones kept; names that need no quotes lose them.

SELECT lower, `lower`, "Mixed", `UPPER`, `a``b`, 1r, _x FROM `my-stream`;
--> SELECT
-->   LOWER,
-->   `lower`,
-->   `Mixed`,
-->   UPPER,
-->   `a``b`,
-->   `1R`,
-->   _X
--> FROM `my-stream` `my-stream`;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=LOWER
--|     select: Single
--|       expression: ColumnName @1:15 name=lower
--|     select: Single
--|       expression: ColumnName @1:24 name=Mixed
--|     select: Single
--|       expression: ColumnName @1:33 name=UPPER
--|     select: Single
--|       expression: ColumnName @1:42 name=a`b
--|     select: Single
--|       expression: ColumnName @1:50 name=1R
--|     select: Single
--|       expression: ColumnName @1:54 name=_X
--|     from: Source @1:62 name=my-stream alias=my-stream

-- Keywords that are names where a name is expected.
SELECT date, timestamp, source, key, type, id, header FROM function;
--> SELECT
-->   DATE,
-->   TIMESTAMP,
-->   SOURCE,
-->   KEY,
-->   TYPE,
-->   ID,
-->   HEADER
--> FROM FUNCTION FUNCTION;
--| QueryStatement @2:1
--|   query: Query @2:1
--|     select: Single
--|       expression: ColumnName @2:8 name=DATE
--|     select: Single
--|       expression: ColumnName @2:14 name=TIMESTAMP
--|     select: Single
--|       expression: ColumnName @2:25 name=SOURCE
--|     select: Single
--|       expression: ColumnName @2:33 name=KEY
--|     select: Single
--|       expression: ColumnName @2:38 name=TYPE
--|     select: Single
--|       expression: ColumnName @2:44 name=ID
--|     select: Single
--|       expression: ColumnName @2:48 name=HEADER
--|     from: Source @2:60 name=FUNCTION alias=FUNCTION

-- Reserved words need backquotes, and get them back.
SELECT `SELECT`, `size` AS `FROM` FROM `TABLE`;
--> SELECT
-->   `SELECT`,
-->   `size` `FROM`
--> FROM `TABLE` `TABLE`;
--| QueryStatement @2:1
--|   query: Query @2:1
--|     select: Single
--|       expression: ColumnName @2:8 name=SELECT
--|     select: Single alias=FROM
--|       expression: ColumnName @2:18 name=size
--|     from: Source @2:40 name=TABLE alias=TABLE

-- Names of streams and tables name topics too.
SELECT * FROM `my stream`;
--! Illegal argument at Line: 2, Col: 15. Source names may only contain alphanumeric values, '_' or '-'. Got: 'my stream'
