package dev.flagstream.engine.statement;

import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.QueryPlan;
import dev.flagstream.engine.planner.TopicDirectory;
import java.util.Map;

/** Turns statements into what they do. */
interface Planner {

  /**
   * Plans a statement that changes something.
   *
   * @param queryNumber ends the id of the query it starts, if it starts one
   */
  PlannedStatement plan(
      ParsedStatement statement,
      Catalog catalog,
      TopicDirectory topics,
      Map<String, String> properties,
      long queryNumber);

  /** Plans a SELECT. */
  QueryPlan plan(
      ParsedStatement statement, Query query, Catalog catalog, Map<String, String> properties);
}
