/**
 * The database that decisions are stored in as rows: PostgreSQL for the local stack, and how any is
 * asked.
 */
package dev.flagstream.local.sqlstore;
