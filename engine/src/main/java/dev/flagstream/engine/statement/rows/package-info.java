/** Rows that a statement takes or gives: SELECT, PRINT, and INSERT VALUES. */
package dev.flagstream.engine.statement.rows;
