/** What states of features are made of: bytes that are written and read, and exact sums. */
package dev.flagstream.udf.features.state;
