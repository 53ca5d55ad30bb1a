SELECT * FROM s
--! line 1:16: Syntax Error
--! missing ';' at '<EOF>'

SELECT * FROM s WHERE (a = 1
--! line 1:29: Syntax Error
--! Syntax error at or near ";"
--! '}', ']', or ')' is missing

SELECT 'never closed FROM s;
--! line 1:8: Syntax Error
--! Syntax error at or near ''' at line 1:8

SELECT a FROM s WHERE a # b;
--! line 1:25: Syntax Error
