package dev.flagstream.engine.topology;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import dev.flagstream.engine.type.RowSchema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;
import org.apache.kafka.streams.state.KeyValueStore;

/** Builds joins. The value of a joined row is the left row's columns, then the right row's. */
final class JoinBuilder {

  private final BuildContext context;

  JoinBuilder(BuildContext context) {
    this.context = context;
  }

  Rows streamStream(PlanStep.StreamStreamJoin step, Rows.Events left, Rows.Events right) {
    String name = context.uniqueName("Join");
    KStream<Object, Object[]> leftRows = left.run(context.uniqueName(name + "-PrepareLeft"));
    KStream<Object, Object[]> rightRows = right.run(context.uniqueName(name + "-PrepareRight"));
    ValueJoiner<Object[], Object[], Object[]> joiner = joiner(left.schema(), right.schema());
    JoinWindows windows = windows(step);
    StreamJoined<Object, Object[], Object[]> joined =
        StreamJoined.with(
                left.keys().serde(step.keyFormat(), step.left().schema().key()),
                stateSerde(left.schema()),
                stateSerde(right.schema()))
            .withName(name);
    KStream<Object, Object[]> result =
        switch (step.type()) {
          case INNER -> leftRows.join(rightRows, joiner, windows, joined);
          case LEFT -> leftRows.leftJoin(rightRows, joiner, windows, joined);
          // As in ksqlDB, before and after are then seen from the right side.
          case RIGHT ->
              rightRows.leftJoin(
                  leftRows,
                  flipped(joiner),
                  windows,
                  StreamJoined.with(
                          right.keys().serde(step.keyFormat(), step.right().schema().key()),
                          stateSerde(right.schema()),
                          stateSerde(left.schema()))
                      .withName(name));
          case FULL -> leftRows.outerJoin(rightRows, joiner, windows, joined);
        };
    return Rows.Events.of(result, step.schema(), left.keys());
  }

  private static JoinWindows windows(PlanStep.StreamStreamJoin step) {
    return windows(step.before(), step.after(), step.grace());
  }

  /**
   * Without GRACE PERIOD, ksqlDB keeps the older behaviour of outer joins: an unmatched row comes
   * out at once, and again should its match arrive.
   */
  @SuppressWarnings("deprecation") // Only the deprecated factory gives that older behaviour.
  private static JoinWindows windows(Duration before, Duration after, Optional<Duration> grace) {
    JoinWindows windows =
        grace.isPresent()
            ? JoinWindows.ofTimeDifferenceAndGrace(before, grace.get())
            : JoinWindows.of(before);
    return windows.before(before).after(after);
  }

  Rows streamTable(PlanStep.StreamTableJoin step, Rows.Events left, Rows.Changes right) {
    String name = context.uniqueName("Join");
    KStream<Object, Object[]> events = left.run(context.uniqueName(name + "-Prepare"));
    ValueJoiner<Object[], Object[], Object[]> joiner = joiner(left.schema(), right.schema());
    Joined<Object, Object[], Object[]> joined =
        Joined.with(
            left.keys().serde(step.keyFormat(), step.left().schema().key()),
            stateSerde(left.schema()),
            stateSerde(right.schema()),
            name);
    KStream<Object, Object[]> result =
        switch (step.type()) {
          case INNER -> events.join(right.table(), joiner, joined);
          case LEFT -> events.leftJoin(right.table(), joiner, joined);
          case RIGHT, FULL ->
              throw new SqlException(step.type() + " joins of a stream with a table do not exist");
        };
    return Rows.Events.of(result, step.schema(), left.keys());
  }

  Rows tableTable(PlanStep.TableTableJoin step, Rows.Changes left, Rows.Changes right) {
    String name = context.uniqueName("Join");
    ValueJoiner<Object[], Object[], Object[]> joiner = joiner(left.schema(), right.schema());
    Materialized<Object, Object[], KeyValueStore<Bytes, byte[]>> store =
        tableStore(name, left.keys().serde(step.keyFormat(), step.schema().key()), step.schema());
    Named named = Named.as(name);
    KTable<Object, Object[]> result =
        switch (step.type()) {
          case INNER -> left.table().join(right.table(), joiner, named, store);
          case LEFT -> left.table().leftJoin(right.table(), joiner, named, store);
          case RIGHT -> right.table().leftJoin(left.table(), flipped(joiner), named, store);
          case FULL -> left.table().outerJoin(right.table(), joiner, named, store);
        };
    return changes(step, step.keyFormat(), left.keys(), result, name);
  }

  /**
   * Joins on a foreign key. As in ksqlDB the joined rows are kept in no store that a pull query may
   * read; so a filter after it does not know whether a row was there, and writes a deletion for
   * each change of a row that fails.
   */
  Rows foreignKey(PlanStep.ForeignKeyJoin step, Rows.Changes left, Rows.Changes right) {
    String name = context.uniqueName("ForeignKeyJoin");
    BiFunction<Object, Object[], Object> reference = reference(step, left.schema());
    ValueJoiner<Object[], Object[], Object[]> joiner = joiner(left.schema(), right.schema());
    Materialized<Object, Object[], KeyValueStore<Bytes, byte[]>> serdes =
        Materialized.with(
            left.keys().serde(step.keyFormat(), step.schema().key()), stateSerde(step.schema()));
    TableJoined<Object, Object> tableJoined = TableJoined.as(name);
    KTable<Object, Object[]> result =
        switch (step.type()) {
          case INNER -> left.table().join(right.table(), reference, joiner, tableJoined, serdes);
          case LEFT -> left.table().leftJoin(right.table(), reference, joiner, tableJoined, serdes);
          case RIGHT, FULL ->
              throw new SqlException(step.type() + " joins on a foreign key do not exist");
        };
    return new Rows.Changes(result, step.schema(), left.keys(), Optional.empty());
  }

  /**
   * Finds the key of the other table's row. As in ksqlDB, a reference that is null is one too, to a
   * row that is never there: a change to another reference releases it.
   */
  private BiFunction<Object, Object[], Object> reference(
      PlanStep.ForeignKeyJoin step, RowSchema left) {
    RowEvaluator foreignKey = context.rows(List.of(step.foreignKey()), left, "ForeignKeyJoin");
    return (key, row) -> foreignKey.evaluate(KeyKind.columns(key), row);
  }

  /** A table whose key is written in another format: partitioned anew, and kept. */
  Rows.Changes rekeyed(PlanStep.SelectKey step, Rows.Changes input, Format keyFormat) {
    String name = context.uniqueName("SourceKeyed");
    RowEvaluator key = context.rows(step.key(), input.schema(), name);
    RowEvaluator values =
        context.rows(
            step.values().stream().map(PlanStep.NamedExpression::expression).toList(),
            input.schema(),
            name);
    Serde<Object> keySerde = KeyKind.PLAIN.serde(keyFormat, step.schema().key());
    RowSerde valueSerde = stateSerde(step.schema());
    KTable<Object, Object[]> table =
        Rows.Events.of(input.table().toStream(), input.schema(), input.keys())
            .withNewKeys(
                RowStages.joinKey(key, values, input.schema().value().size()), step.schema())
            .run(context.uniqueName(name + "-SelectKey-Rows"))
            .repartition(
                Repartitioned.<Object, Object[]>as(name + "-SelectKey")
                    .withKeySerde(keySerde)
                    .withValueSerde(valueSerde))
            .toTable(
                Materialized.<Object, Object[], KeyValueStore<Bytes, byte[]>>as(
                        name + "-Materialize")
                    .withKeySerde(keySerde)
                    .withValueSerde(valueSerde));
    return new Rows.Changes(table, step.schema(), KeyKind.PLAIN, Optional.empty());
  }

  private static Rows.Changes changes(
      PlanStep step,
      Format keyFormat,
      KeyKind keys,
      KTable<Object, Object[]> table,
      String storeName) {
    Materialization materialization =
        new Materialization(storeName, keys.window(), keyFormat, step.schema(), List.of());
    return new Rows.Changes(table, step.schema(), keys, Optional.of(materialization));
  }

  private static Materialized<Object, Object[], KeyValueStore<Bytes, byte[]>> tableStore(
      String name, Serde<Object> keySerde, RowSchema schema) {
    return Materialized.<Object, Object[], KeyValueStore<Bytes, byte[]>>as(name)
        .withKeySerde(keySerde)
        .withValueSerde(stateSerde(schema));
  }

  private static RowSerde stateSerde(RowSchema schema) {
    return RowSerde.of(StateCodec.ofColumns(schema.value()));
  }

  private static ValueJoiner<Object[], Object[], Object[]> joiner(RowSchema left, RowSchema right) {
    int leftWidth = left.value().size();
    int rightWidth = right.value().size();
    return (l, r) -> {
      Object[] both =
          l == null ? new Object[leftWidth + rightWidth] : Arrays.copyOf(l, leftWidth + rightWidth);
      if (l != null && l.length > leftWidth) {
        Arrays.fill(both, leftWidth, both.length, null);
      }
      if (r != null) {
        System.arraycopy(r, 0, both, leftWidth, rightWidth);
      }
      return both;
    };
  }

  private static ValueJoiner<Object[], Object[], Object[]> flipped(
      ValueJoiner<Object[], Object[], Object[]> joiner) {
    return (r, l) -> joiner.apply(l, r);
  }
}
