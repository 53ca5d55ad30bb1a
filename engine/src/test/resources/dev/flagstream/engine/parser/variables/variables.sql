-- The test defines number = 42, name = `lower` and text = it's.

SELECT ${name}, ${number}, '${text} and ${unknown} and $${text}' FROM ${NAME};
--> SELECT
-->   `lower`,
-->   42,
-->   'it''s and ${unknown} and ${text}'
--> FROM `lower` `lower`;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=lower
--|     select: Single
--|       expression: IntegerLiteral @1:17 value=42
--|     select: Single
--|       expression: StringLiteral @1:21 value=it's and ${unknown} and ${text}
--|     from: Source @1:61 name=lower alias=lower

DEFINE target = 'orders'; PRINT ${TARGET};
--> DEFINE target='orders';
--| Define @1:1 variable=target value=orders
--> PRINT orders;
--| PrintTopic @1:27 topic=orders

SELECT ${unknown} FROM s;
--! Failed to prepare statement: line 1:8: Variable ${unknown} is not defined. Define it with: DEFINE unknown = '<value>';

DEFINE both = 'a, b'; SELECT ${both} FROM s;
--! Failed to prepare statement: Illegal argument at line 1:30. A variable may only stand for one name or one literal here. Got: 'a, b'

-- A variable is no keyword.
SELECT a ${name} s;
--! line 2:18: Syntax Error
--! Expecting {',', 'FROM'}
