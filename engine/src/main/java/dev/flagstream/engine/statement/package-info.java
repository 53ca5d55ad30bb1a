/** Answers requests in SQL: each statement goes to the package that knows its kind. */
package dev.flagstream.engine.statement;
