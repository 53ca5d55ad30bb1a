package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.type.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;

/** What a step of the plan became: a part of a topology that rows come out of. */
public sealed interface Rows {

  /** The columns of the rows. */
  RowSchema schema();

  /** What their keys are. */
  KeyKind keys();

  /** Events, with stages that are still to be run on them as one processor. */
  record Events(
      KStream<Object, Object[]> stream,
      RowSchema schema,
      KeyKind keys,
      List<RowStage.Factory> pending,
      boolean newKeys)
      implements Rows {

    public Events {
      pending = List.copyOf(pending);
    }

    public static Events of(KStream<Object, Object[]> stream, RowSchema schema, KeyKind keys) {
      return new Events(stream, schema, keys, List.of(), false);
    }

    /** With one more stage that leaves the keys alone. */
    public Events with(RowStage.Factory stage, RowSchema result) {
      return new Events(stream, result, keys, and(stage), newKeys);
    }

    /** With one more stage that makes new, plain keys. */
    public Events withNewKeys(RowStage.Factory stage, RowSchema result) {
      return new Events(stream, result, KeyKind.PLAIN, and(stage), true);
    }

    private List<RowStage.Factory> and(RowStage.Factory stage) {
      List<RowStage.Factory> stages = new ArrayList<>(pending);
      stages.add(stage);
      return stages;
    }

    /** The stream with all stages run. */
    public KStream<Object, Object[]> run(String name) {
      if (pending.isEmpty()) {
        return stream;
      }
      return newKeys
          ? RowProcessors.newKeys(stream, pending, name)
          : RowProcessors.sameKeys(stream, pending, name);
    }
  }

  /**
   * Changes of a table.
   *
   * @param materialization the store that its rows can be looked up in, if any
   */
  record Changes(
      KTable<Object, Object[]> table,
      RowSchema schema,
      KeyKind keys,
      Optional<Materialization> materialization)
      implements Rows {}
}
