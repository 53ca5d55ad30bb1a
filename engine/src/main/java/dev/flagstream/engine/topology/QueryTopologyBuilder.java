package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.topology.row.Rows;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/** Turns the plan of a query into a topology of Kafka Streams. */
public final class QueryTopologyBuilder {

  private final ExpressionCompiler compiler;
  private final ProcessingLog log;
  private final Map<String, ?> properties;

  /**
   * A builder for queries of one server or test.
   *
   * @param properties handed to functions that are configurable
   */
  public QueryTopologyBuilder(
      ExpressionCompiler compiler, ProcessingLog log, Map<String, ?> properties) {
    this.compiler = compiler;
    this.log = log;
    this.properties = properties;
  }

  /** The topology of a query that writes to a topic. */
  public QueryTopology build(String queryId, PlanStep.Write plan, Properties streamsProperties) {
    return build(queryId, plan, streamsProperties, steps -> plan.accept(steps));
  }

  /** Where the rows of a query that writes to no topic go; called on the stream threads. */
  public interface RowConsumer {
    /**
     * A row came out.
     *
     * @param key the key's columns; null where the record has no key
     * @param value the value's columns; null means the row was deleted
     */
    void accept(Object[] key, Object[] value);
  }

  /** The topology of a query whose rows go to a consumer. */
  public QueryTopology build(
      String queryId, PlanStep plan, Properties streamsProperties, RowConsumer consumer) {
    return build(queryId, plan, streamsProperties, steps -> steps.consume(plan, consumer));
  }

  private QueryTopology build(
      String queryId, PlanStep plan, Properties streamsProperties, Function<Steps, Rows> build) {
    StreamsBuilder streams =
        new StreamsBuilder(new TopologyConfig(new StreamsConfig(streamsProperties)));
    BuildContext context =
        new BuildContext(
            queryId, streams, compiler, log, properties, FirstOffsets.of(streamsProperties));
    Rows rows = build.apply(new Steps(context, plan));
    Optional<Materialization> materialization =
        rows instanceof Rows.Changes changes ? changes.materialization() : Optional.empty();
    return new QueryTopology(streams.build(streamsProperties), materialization);
  }

  /** One method per kind of step. */
  private static final class Steps implements PlanStep.Visitor<Rows> {
    private final BuildContext context;
    private final ReadBuilder read;
    private final AggregateBuilder aggregate;
    private final JoinBuilder join;

    Steps(BuildContext context, PlanStep plan) {
      this.context = context;
      this.read = new ReadBuilder(context, new SharedTopics(context, plan));
      this.aggregate = new AggregateBuilder(context);
      this.join = new JoinBuilder(context);
    }

    @Override
    public Rows visitRead(PlanStep.Read step) {
      return read.build(step);
    }

    @Override
    public Rows visitFilter(PlanStep.Filter step) {
      return new FilterBuilder(context).build(step, step.input().accept(this));
    }

    @Override
    public Rows visitProject(PlanStep.Project step) {
      return new ProjectBuilder(context).build(step, step.input().accept(this));
    }

    @Override
    public Rows visitSelectKey(PlanStep.SelectKey step) {
      return new SelectKeyBuilder(context).partitionBy(step, step.input().accept(this));
    }

    @Override
    public Rows visitFlatMap(PlanStep.FlatMap step) {
      return new FlatMapBuilder(context).build(step, step.input().accept(this));
    }

    @Override
    public Rows visitAggregate(PlanStep.Aggregate step) {
      return aggregate.build(step, step.input().accept(this), false);
    }

    @Override
    public Rows visitFinalOnly(PlanStep.FinalOnly step) {
      if (step.input() instanceof PlanStep.Aggregate windowed) {
        return aggregate.build(windowed, windowed.input().accept(this), true);
      }
      throw new IllegalStateException("EMIT FINAL stands right after an aggregation in a plan");
    }

    @Override
    public Rows visitStreamStreamJoin(PlanStep.StreamStreamJoin step) {
      return join.streamStream(step, keyed(step.left()), keyed(step.right()));
    }

    @Override
    public Rows visitStreamTableJoin(PlanStep.StreamTableJoin step) {
      return join.streamTable(step, keyed(step.left()), changes(step.right()));
    }

    @Override
    public Rows visitTableTableJoin(PlanStep.TableTableJoin step) {
      return join.tableTable(step, side(step, step.left()), side(step, step.right()));
    }

    private Rows.Changes side(PlanStep.TableTableJoin step, PlanStep side) {
      return side instanceof PlanStep.SelectKey rekeyed
          ? join.rekeyed(rekeyed, changes(rekeyed.input()), step.keyFormat())
          : changes(side);
    }

    @Override
    public Rows visitForeignKeyJoin(PlanStep.ForeignKeyJoin step) {
      return join.foreignKey(step, changes(step.left()), changes(step.right()));
    }

    @Override
    public Rows visitWrite(PlanStep.Write step) {
      return new WriteBuilder(context).build(step, step.input().accept(this));
    }

    Rows consume(PlanStep plan, RowConsumer consumer) {
      Rows rows = plan.accept(this);
      stream(rows, context).foreach((key, value) -> consumer.accept(KeyKind.columns(key), value));
      return rows;
    }

    /** The events of a side of a join, with the key it needs. */
    private Rows.Events keyed(PlanStep side) {
      return (Rows.Events)
          (side instanceof PlanStep.SelectKey rekeyed
              ? new SelectKeyBuilder(context).joinSide(rekeyed, rekeyed.input().accept(this))
              : side.accept(this));
    }

    private Rows.Changes changes(PlanStep step) {
      return (Rows.Changes) step.accept(this);
    }
  }

  static KStream<Object, Object[]> stream(Rows rows, BuildContext context) {
    return rows instanceof Rows.Events events
        ? events.run(context.uniqueName("Rows"))
        : ((Rows.Changes) rows).table().toStream(Named.as(context.uniqueName("ToStream")));
  }
}
