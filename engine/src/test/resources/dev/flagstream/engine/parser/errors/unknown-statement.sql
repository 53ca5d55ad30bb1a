CRETE STREAM s (a INT);
--! line 1:1: Syntax Error
--! Unknown statement 'CRETE'
--! Did you mean 'CREATE'?

sho streams;
--! line 1:1: Syntax Error
--! Unknown statement 'sho'
--! Did you mean 'SHOW'?

RUN SCRIPT 'other.sql';
--! line 1:1: Syntax Error
--! Unknown statement 'RUN'
--! Did you mean 'DROP'?

FOO;
--! line 1:1: Syntax Error
--! Unknown statement 'FOO'
--! Did you mean 'SHOW'?

DELETE FROM s;
--! line 1:1: Syntax Error
--! "DELETE" is a reserved keyword and it can't be used as an identifier. You can use it as an identifier by escaping it as 'DELETE'
