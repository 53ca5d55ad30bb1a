/** The Java objects that values of SQL's types are: Connect's structs, decimals, bytes. */
package dev.flagstream.engine.value;
