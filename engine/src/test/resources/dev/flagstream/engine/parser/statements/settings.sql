SET 'auto.offset.reset' = 'earliest'; UNSET 'auto.offset.reset';
--> SET 'auto.offset.reset'='earliest';
--| SetProperty @1:1 name=auto.offset.reset value=earliest
--> UNSET 'auto.offset.reset';
--| UnsetProperty @1:39 name=auto.offset.reset

DEFINE greeting = 'it''s'; UNDEFINE greeting;
--> DEFINE greeting='it''s';
--| Define @1:1 variable=greeting value=it's
--> UNDEFINE greeting;
--| Undefine @1:28 variable=greeting
