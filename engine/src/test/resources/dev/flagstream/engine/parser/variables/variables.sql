-- The test defines number = 42, name = `x y` and text = it's.

SELECT ${name}, ${number}, '${text} and ${unknown} and $${text}' FROM ${NAME};
--> SELECT
-->   `x y`,
-->   42,
-->   'it''s and ${unknown} and ${text}'
--> FROM `x y` `x y`;
--| QueryStatement @1:1
--|   query: Query @1:1
--|     select: Single
--|       expression: ColumnName @1:8 name=x y
--|     select: Single
--|       expression: IntegerLiteral @1:15 value=42
--|     select: Single
--|       expression: StringLiteral @1:19 value=it's and ${unknown} and ${text}
--|     from: Source @1:59 name=x y alias=x y

DEFINE target = 'orders'; PRINT ${TARGET};
--> DEFINE target='orders';
--| Define @1:1 variable=target value=orders
--> PRINT orders;
--| PrintTopic @1:27 topic=orders

SELECT ${unknown} FROM s;
--! Failed to prepare statement: line 1:8: Variable ${unknown} is not defined. Define it with: DEFINE UNKNOWN = '<value>';

DEFINE both = 'a, b'; SELECT ${both} FROM s;
--! Failed to prepare statement: Illegal argument at line 1:30: the value of ${both} must be one name or one literal. Got: 'a, b'

-- A variable is no keyword.
SELECT a ${name} s;
--! line 2:18: Syntax Error
--! Expecting {',', 'FROM'}
