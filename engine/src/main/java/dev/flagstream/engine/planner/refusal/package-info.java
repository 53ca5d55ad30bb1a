/** How the planner refuses, in ksqlDB's words and with the statement it speaks of. */
package dev.flagstream.engine.planner.refusal;
