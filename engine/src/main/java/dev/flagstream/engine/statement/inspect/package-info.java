/** Answers of SHOW, DESCRIBE, EXPLAIN and ASSERT: what there is, and how it does. */
package dev.flagstream.engine.statement.inspect;
