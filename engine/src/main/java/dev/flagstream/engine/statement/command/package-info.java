/**
 * Statements that change something: written to the command topic, read there by every server, and
 * carried out.
 */
package dev.flagstream.engine.statement.command;
