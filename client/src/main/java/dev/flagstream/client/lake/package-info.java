/** How the Parquet files of a lake are asked. */
package dev.flagstream.client.lake;
