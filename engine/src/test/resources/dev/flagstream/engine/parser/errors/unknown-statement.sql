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
