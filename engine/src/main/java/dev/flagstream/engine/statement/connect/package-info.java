/** Statements about connectors, which a Kafka Connect worker answers. */
package dev.flagstream.engine.statement.connect;
