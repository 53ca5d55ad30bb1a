/** What a SELECT means: its sources, joins, grouping, projection and windows as steps of a plan. */
package dev.flagstream.engine.planner.query;
