/**
 * Measures what a record costs: a SQL statement on the engine beside the same job written by hand
 * with Kafka Streams and Jackson, in turns, against one broker.
 */
package dev.flagstream.benchmarks;
