/**
 * WITH clauses: their properties, the formats and topics that they name, and what each format can
 * hold.
 */
package dev.flagstream.engine.planner.with;
