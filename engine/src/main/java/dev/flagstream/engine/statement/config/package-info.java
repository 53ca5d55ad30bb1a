/** The settings of a server, and which of them a client may override. */
package dev.flagstream.engine.statement.config;
