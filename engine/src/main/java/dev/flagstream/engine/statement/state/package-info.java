/**
 * What a server has: streams, tables, types, queries and topics, and how a planned statement
 * changes them.
 */
package dev.flagstream.engine.statement.state;
