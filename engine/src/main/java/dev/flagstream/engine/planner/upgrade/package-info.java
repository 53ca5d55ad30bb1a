/** What CREATE OR REPLACE may change of a query or a source, and what a query must not be. */
package dev.flagstream.engine.planner.upgrade;
