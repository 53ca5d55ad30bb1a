/** Finds the types of columns, and the stream that they make. */
package dev.flagstream.generator.replay.schema;
