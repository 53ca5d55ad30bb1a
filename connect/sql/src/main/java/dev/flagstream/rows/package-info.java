/** What makes rows for a SQL database of the records of a topic. */
package dev.flagstream.rows;
