package dev.flagstream.engine.topology.row;

import java.util.List;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs chains of stages as processors of Kafka Streams. */
final class RowProcessors {

  private RowProcessors() {}

  /** Rows whose keys the stages leave alone; Kafka Streams keeps the partitioning. */
  static KStream<Object, Object[]> sameKeys(
      KStream<Object, Object[]> stream, List<RowStage.Factory> stages, String name) {
    return stream.processValues(() -> new SameKeysProcessor(stages), Named.as(name));
  }

  /** Rows whose keys the stages change; the next stateful step repartitions them. */
  static KStream<Object, Object[]> newKeys(
      KStream<Object, Object[]> stream, List<RowStage.Factory> stages, String name) {
    return stream.process(() -> new NewKeysProcessor(stages), Named.as(name));
  }

  private static RowStage chain(List<RowStage.Factory> stages, RowStage last) {
    RowStage next = last;
    for (int i = stages.size() - 1; i >= 0; i--) {
      next = stages.get(i).create(next);
    }
    return next;
  }

  private static final class SameKeysProcessor
      implements FixedKeyProcessor<Object, Object[], Object[]> {
    private final List<RowStage.Factory> stages;
    private final RowInProgress row = new RowInProgress();
    private FixedKeyProcessorContext<Object, Object[]> context;
    private FixedKeyRecord<Object, Object[]> current;
    private RowStage first;

    SameKeysProcessor(List<RowStage.Factory> stages) {
      this.stages = stages;
    }

    @Override
    public void init(FixedKeyProcessorContext<Object, Object[]> context) {
      this.context = context;
      this.first = chain(stages, this::forward);
    }

    @Override
    public void process(FixedKeyRecord<Object, Object[]> record) {
      current = record;
      row.begin(record.key(), record.value(), record.timestamp(), context.recordMetadata());
      first.process(row);
    }

    private void forward(RowInProgress done) {
      FixedKeyRecord<Object, Object[]> result = current.withValue(done.value);
      context.forward(
          done.timestampMs == current.timestamp()
              ? result
              : result.withTimestamp(done.timestampMs));
    }
  }

  private static final class NewKeysProcessor
      implements Processor<Object, Object[], Object, Object[]> {
    private final List<RowStage.Factory> stages;
    private final RowInProgress row = new RowInProgress();
    private ProcessorContext<Object, Object[]> context;
    private Record<Object, Object[]> current;
    private RowStage first;

    NewKeysProcessor(List<RowStage.Factory> stages) {
      this.stages = stages;
    }

    @Override
    public void init(ProcessorContext<Object, Object[]> context) {
      this.context = context;
      this.first = chain(stages, this::forward);
    }

    @Override
    public void process(Record<Object, Object[]> record) {
      current = record;
      row.begin(record.key(), record.value(), record.timestamp(), context.recordMetadata());
      first.process(row);
    }

    private void forward(RowInProgress done) {
      context.forward(new Record<>(done.key, done.value, done.timestampMs, current.headers()));
    }
  }
}
