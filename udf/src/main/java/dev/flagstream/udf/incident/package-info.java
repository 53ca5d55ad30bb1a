/**
 * Incidents: the flagged transactions of a card that lie close together, of which people are told
 * once.
 */
package dev.flagstream.udf.incident;
