/** A Kafka Connect sink that stores each record once in Parquet files, by event day. */
package dev.flagstream.lake;
