/** From a request in SQL to its answers: each statement goes to the room that knows its kind. */
package dev.flagstream.engine.statement;
