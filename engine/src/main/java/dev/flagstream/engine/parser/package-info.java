/**
 * Text to trees: {@link dev.flagstream.engine.parser.SqlParser} reads statements of ksqlDB's
 * dialect into {@code ast}, knowing nothing of what streams, tables or functions there are.
 */
package dev.flagstream.engine.parser;
