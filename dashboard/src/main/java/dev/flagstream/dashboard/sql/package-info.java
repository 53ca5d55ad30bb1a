/** Queries that are followed for as long as somebody wants their rows. */
package dev.flagstream.dashboard.sql;
