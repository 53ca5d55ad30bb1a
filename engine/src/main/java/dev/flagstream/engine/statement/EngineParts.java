package dev.flagstream.engine.statement;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.QueryPlan;
import dev.flagstream.engine.planner.TopicDirectory;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Stands in for the planner and the runtime until they are joined to the server. */
final class EngineParts implements Engine.Parts {

  @Override
  public FunctionCatalog functions(EngineConfig config) {
    return new NoFunctions();
  }

  @Override
  public Planner planner(EngineConfig config, FunctionCatalog functions) {
    return new Planner() {
      @Override
      public PlannedStatement plan(
          ParsedStatement statement,
          Catalog catalog,
          TopicDirectory topics,
          Map<String, String> properties,
          long queryNumber) {
        throw new UnsupportedFeatureException("Planning");
      }

      @Override
      public QueryPlan plan(
          ParsedStatement statement, Query query, Catalog catalog, Map<String, String> properties) {
        throw new UnsupportedFeatureException("Planning");
      }
    };
  }

  @Override
  public QueryEngine queries(EngineConfig config, Admin admin) {
    return new QueryEngine() {
      @Override
      public void start(PersistentQuery query) {}

      @Override
      public void terminate(String id) {}

      @Override
      public void pause(String id) {}

      @Override
      public void resume(String id) {}

      @Override
      public Optional<String> state(String id) {
        return Optional.empty();
      }

      @Override
      public Optional<String> topology(String id) {
        return Optional.empty();
      }

      @Override
      public String consumerGroup(String id) {
        return id;
      }

      @Override
      public QueryAnswer.Rows push(String id, QueryPlan.Push plan, Map<String, String> properties) {
        throw new UnsupportedFeatureException("SELECT");
      }

      @Override
      public QueryAnswer.Rows pull(String id, QueryPlan.Pull plan, Map<String, String> properties) {
        throw new UnsupportedFeatureException("SELECT");
      }

      @Override
      public void close() {}
    };
  }

  /** A catalogue without functions. */
  private static final class NoFunctions implements FunctionCatalog {
    @Override
    public Optional<Kind> kindOf(String name) {
      return Optional.empty();
    }

    @Override
    public List<List<SqlType>> lambdaParameters(String name, List<Argument> arguments) {
      throw new UnsupportedFeatureException("Function " + name);
    }

    @Override
    public ScalarFunction scalar(String name, List<Argument> arguments) {
      throw new UnsupportedFeatureException("Function " + name);
    }

    @Override
    public AggregateFunction aggregate(String name, List<Argument> arguments) {
      throw new UnsupportedFeatureException("Function " + name);
    }

    @Override
    public TableFunction table(String name, List<Argument> arguments) {
      throw new UnsupportedFeatureException("Function " + name);
    }

    @Override
    public List<FunctionDescription> descriptions() {
      return List.of();
    }
  }
}
