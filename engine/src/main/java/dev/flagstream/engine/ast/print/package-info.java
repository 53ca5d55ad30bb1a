/** Trees back to text, as ksqlDB echoes statements and expressions. */
package dev.flagstream.engine.ast.print;
