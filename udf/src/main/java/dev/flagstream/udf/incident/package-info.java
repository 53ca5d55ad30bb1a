/**
 * Incidents: the flagged transactions of a card that lie close together, which are reported to
 * people once.
 */
package dev.flagstream.udf.incident;
