CREATE TYPE address AS STRUCT<street VARCHAR, zip INT>;
--> CREATE TYPE ADDRESS AS STRUCT<STREET STRING, ZIP INTEGER>;
--| CreateType @1:1 name=ADDRESS
--|   type: Known type=STRUCT<`STREET` STRING, `ZIP` INTEGER>

CREATE TYPE IF NOT EXISTS person AS STRUCT<name STRING, home address>;
--> CREATE TYPE IF NOT EXISTS PERSON AS STRUCT<NAME STRING, HOME ADDRESS>;
--| CreateType @1:1 name=PERSON ifNotExists=true
--|   type: StructOf
--|     fields: NamedType name=NAME
--|       type: Known type=STRING
--|     fields: NamedType name=HOME
--|       type: Custom @1:62 name=ADDRESS

DROP TYPE IF EXISTS person;
--> DROP TYPE IF EXISTS PERSON;
--| DropType @1:1 name=PERSON ifExists=true

CREATE SINK CONNECTOR IF NOT EXISTS store WITH ('connector.class' = 'Store', "tasks.max" = 1);
--> CREATE SINK CONNECTOR IF NOT EXISTS STORE WITH ('connector.class'='Store', 'tasks.max'=1);
--| CreateConnector @1:1 sink=true name=STORE ifNotExists=true
--|   with connector.class: StringLiteral @1:69 value=Store
--|   with tasks.max: IntegerLiteral @1:92 value=1

DROP CONNECTOR store;
--> DROP CONNECTOR STORE;
--| DropConnector @1:1 name=STORE
