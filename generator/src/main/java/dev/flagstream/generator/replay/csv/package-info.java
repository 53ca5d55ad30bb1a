/** Reads CSV files of any kind, and tells their good rows from the bad. */
package dev.flagstream.generator.replay.csv;
