/** The Parquet files in which every record is stored, where they are wanted. */
package dev.flagstream.local.lake;
