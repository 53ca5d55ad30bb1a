package dev.flagstream.engine.topology;

import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.Windowing;
import dev.flagstream.engine.topology.row.ComparableKey;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.topology.row.RowStage;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.TimeWindowedKStream;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Builds the folding of groups of rows.
 *
 * <p>Before rows are repartitioned, each is cut down to what the fold needs: the arguments of the
 * aggregate functions. The state of a group is one state per function; the results are computed on
 * the way out.
 */
final class AggregateBuilder {

  private static final String AGGREGATE = "Aggregate";

  private final BuildContext context;

  AggregateBuilder(BuildContext context) {
    this.context = context;
  }

  /**
   * Builds the step.
   *
   * @param finalOnly whether a windowed group comes out only once, when its window has closed
   */
  Rows.Changes build(PlanStep.Aggregate step, Rows input, boolean finalOnly) {
    Parts parts = new Parts(step, context.uniqueName(AGGREGATE), finalOnly);
    KTable<Object, Object[]> states =
        input instanceof Rows.Events events
            ? foldEvents(parts, events)
            : foldChanges(parts, (Rows.Changes) input);
    Fold fold = parts.fold;
    boolean windowed = step.windowing().isPresent();
    KTable<Object, Object[]> results =
        states.mapValues(
            (key, state) -> state == null ? null : fold.result(key, state, windowed),
            Named.as(parts.name + "-Project"),
            TableSerdes.of(step.schema()));
    Materialization materialization =
        new Materialization(
                parts.storeName(), parts.window(), step.keyFormat(), step.schema(), List.of())
            .mapped(step.schema(), (key, state) -> fold.result(key, state, windowed));
    KeyKind keys = parts.window().map(KeyKind::of).orElse(KeyKind.PLAIN);
    return new Rows.Changes(results, step.schema(), keys, Optional.of(materialization));
  }

  /** What the variants of the fold have in common. */
  private final class Parts {
    final PlanStep.Aggregate step;
    final String name;
    final boolean finalOnly;
    final Fold fold;
    final RowEvaluator group;
    final RowEvaluator arguments;
    final Serde<Object> keySerde;
    final RowSerde argumentsSerde;
    final StateCodec stateCodec;
    final RowSerde stateSerde;

    Parts(PlanStep.Aggregate step, String name, boolean finalOnly) {
      this.step = step;
      this.name = name;
      this.finalOnly = finalOnly;
      this.fold = Fold.of(step, context.properties());
      RowSchema input = step.input().schema();
      List<TypedExpression> needed = neededOfRow(step);
      this.group = context.rows(step.groupBy(), input, AGGREGATE + ".GroupBy");
      this.arguments = context.rows(needed, input, AGGREGATE + ".Project");
      List<Column> keyColumns = step.schema().key();
      this.keySerde = KeyKind.PLAIN.serde(step.keyFormat(), keyColumns);
      this.argumentsSerde =
          RowSerde.of(StateCodec.of(needed.stream().map(AggregateBuilder::typeOf).toList()));
      this.stateCodec = StateCodec.of(fold.stateTypes());
      this.stateSerde = RowSerde.of(stateCodec);
    }

    String storeName() {
      return name + "-Aggregate-Materialize";
    }

    Optional<WindowInfo> window() {
      return step.windowing().map(AggregateBuilder::windowInfo);
    }

    Grouped<Object, Object[]> grouped() {
      return Grouped.with(groupingName(), keySerde, argumentsSerde);
    }

    String groupingName() {
      return name + "-GroupBy";
    }

    /** Whether one row can concern several windows, so that it may fail in one of them only. */
    boolean logsItself() {
      return step.windowing().isPresent()
          && (step.windowing().get().windowKind() == WindowKind.SESSION
              || overlap(step.windowing().get()));
    }

    WindowFold windowFold() {
      return new WindowFold(fold, stateCodec, context.log(), context.logger(AGGREGATE));
    }
  }

  private static List<TypedExpression> neededOfRow(PlanStep.Aggregate step) {
    List<TypedExpression> needed = new ArrayList<>();
    step.aggregates().forEach(call -> needed.addAll(call.arguments()));
    return needed;
  }

  /** A bare NULL has no type, and any serves for a value that is never there. */
  private static SqlType typeOf(TypedExpression expression) {
    return expression.knownType().orElse(SqlType.BOOLEAN);
  }

  private KTable<Object, Object[]> foldEvents(Parts parts, Rows.Events events) {
    RowStage.Factory group =
        parts.step.regrouped()
            ? groupStage(parts)
            : RowStages.filter((key, value) -> key != null && !hasNull(key));
    Rows.Events cut =
        parts.step.regrouped()
            ? events.withNewKeys(group, parts.step.schema())
            : events
                .with(group, events.schema())
                .with(RowStages.project(parts.arguments), parts.step.schema());
    KStream<Object, Object[]> prepared = cut.run(context.uniqueName(parts.name + "-Prepare"));
    KGroupedStream<Object, Object[]> grouped =
        (parts.logsItself() ? placed(parts, prepared) : prepared).groupByKey(parts.grouped());
    if (parts.step.windowing().isEmpty()) {
      return grouped.aggregate(parts.fold, parts.fold, store(parts));
    }
    Windowing windowing = parts.step.windowing().get();
    return windowing.windowKind() == WindowKind.SESSION
        ? foldSessions(parts, windowing, grouped)
        : foldWindows(parts, windowing, grouped);
  }

  /** Rows partitioned by their groups, of which the processing log can tell where each is. */
  private KStream<Object, Object[]> placed(Parts parts, KStream<Object, Object[]> rows) {
    if (!parts.step.regrouped()) {
      return rows;
    }
    KStream<Object, Object[]> repartitioned =
        rows.repartition(
            Repartitioned.<Object, Object[]>as(parts.groupingName())
                .withKeySerde(parts.keySerde)
                .withValueSerde(parts.argumentsSerde));
    return Rows.Events.of(repartitioned, parts.step.schema(), KeyKind.PLAIN)
        .with(next -> next, parts.step.schema())
        .run(context.uniqueName(parts.name + "-Place"));
  }

  /** Rows of which a part of the group is null belong to no group, as in ksqlDB. */
  private RowStage.Factory groupStage(Parts parts) {
    String logger = context.logger(AGGREGATE + ".GroupBy");
    return next ->
        row -> {
          if (row.value == null) {
            return;
          }
          Object[] group = parts.group.evaluate(row.keyColumns, row.value);
          int missing = firstNull(group);
          if (missing >= 0) {
            context.log().failed(logger, nullGroup(missing), Optional.empty(), () -> null);
            return;
          }
          row.value = parts.arguments.evaluate(row.keyColumns, row.value);
          row.key = group;
          row.keyColumns = group;
          next.process(row);
        };
  }

  private static String nullGroup(int index) {
    return "Group-by column with index "
        + index
        + " resolved to null. The source row will be excluded from the table.";
  }

  private static boolean hasNull(Object[] columns) {
    return firstNull(columns) >= 0;
  }

  private static int firstNull(Object[] columns) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == null) {
        return i;
      }
    }
    return -1;
  }

  private KTable<Object, Object[]> foldWindows(
      Parts parts, Windowing windowing, KGroupedStream<Object, Object[]> grouped) {
    Duration grace = grace(parts, windowing);
    TimeWindows windows = TimeWindows.ofSizeAndGrace(windowing.size(), grace);
    Materialized<Object, Object[], WindowStore<Bytes, byte[]>> store =
        AggregateBuilder.<WindowStore<Bytes, byte[]>>store(parts)
            .withRetention(retention(windowing, grace));
    TimeWindowedKStream<Object, Object[]> windowed =
        grouped
            .windowedBy(windowing.advance().map(windows::advanceBy).orElse(windows))
            .emitStrategy(emitStrategy(parts));
    if (!overlap(windowing)) {
      return windowedKeys(windowed.aggregate(parts.fold, parts.fold, store));
    }
    WindowFold fold = parts.windowFold();
    return windowedKeys(windowed.aggregate(parts.fold, fold::inOneWindow, store));
  }

  private static boolean overlap(Windowing windowing) {
    return windowing
        .advance()
        .filter(advance -> advance.compareTo(windowing.size()) < 0)
        .isPresent();
  }

  private KTable<Object, Object[]> foldSessions(
      Parts parts, Windowing windowing, KGroupedStream<Object, Object[]> grouped) {
    Duration grace = grace(parts, windowing);
    Materialized<Object, Object[], SessionStore<Bytes, byte[]>> store =
        AggregateBuilder.<SessionStore<Bytes, byte[]>>store(parts)
            .withRetention(retention(windowing, grace));
    WindowFold fold = parts.windowFold();
    return windowedKeys(
        grouped
            .windowedBy(SessionWindows.ofInactivityGapAndGrace(windowing.size(), grace))
            .emitStrategy(emitStrategy(parts))
            .aggregate(
                fold::nothing,
                fold::inSession,
                (key, left, right) -> fold.merge(left, right),
                store));
  }

  private static Duration grace(Parts parts, Windowing windowing) {
    return windowing.grace().orElse(Windowing.defaultGrace(windowing.size(), parts.finalOnly));
  }

  private static <S extends StateStore> Materialized<Object, Object[], S> store(Parts parts) {
    Materialized<Object, Object[], S> store =
        Materialized.<Object, Object[], S>as(parts.storeName())
            .withKeySerde(parts.keySerde)
            .withValueSerde(parts.stateSerde);
    // Kafka Streams 4.3 lets no final results out of stores in memory.
    return parts.finalOnly ? store.withStoreType(Materialized.StoreType.ROCKS_DB) : store;
  }

  private static EmitStrategy emitStrategy(Parts parts) {
    return parts.finalOnly ? EmitStrategy.onWindowClose() : EmitStrategy.onWindowUpdate();
  }

  private static Duration retention(Windowing windowing, Duration grace) {
    Duration least = windowing.size().plus(grace);
    return windowing.retention().filter(r -> r.compareTo(least) > 0).orElse(least);
  }

  @SuppressWarnings(
      "unchecked") // Keys are Objects between steps; KeyKind knows these are windowed.
  private static KTable<Object, Object[]> windowedKeys(KTable<Windowed<Object>, Object[]> table) {
    return (KTable<Object, Object[]>) (KTable<?, Object[]>) table;
  }

  private KTable<Object, Object[]> foldChanges(Parts parts, Rows.Changes changes) {
    return changes
        .table()
        .groupBy((key, value) -> regroup(parts, key, value), parts.grouped())
        .aggregate(parts.fold, parts.fold, parts.fold::undo, store(parts));
  }

  private static KeyValue<Object, Object[]> regroup(Parts parts, Object key, Object[] value) {
    Object[] columns = KeyKind.columns(key);
    Object[] group = parts.group.evaluate(columns, value);
    return hasNull(group)
        ? KeyValue.pair(null, null)
        : KeyValue.pair(new ComparableKey(group), parts.arguments.evaluate(columns, value));
  }

  private static WindowInfo windowInfo(Windowing windowing) {
    return new WindowInfo(
        windowing.windowKind(),
        windowing.windowKind() == WindowKind.SESSION
            ? Optional.empty()
            : Optional.of(windowing.size()));
  }
}
