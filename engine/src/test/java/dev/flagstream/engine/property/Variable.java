package dev.flagstream.engine.property;

import dev.flagstream.engine.type.SqlType;

/**
 * Something with a name that expressions can use: a column, a parameter of a lambda.
 *
 * @param text how SQL refers to it
 */
record Variable(String text, SqlType type) {}
