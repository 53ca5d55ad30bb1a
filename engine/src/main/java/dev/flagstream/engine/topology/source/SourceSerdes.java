package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.ProcessingLog.RecordPart;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.type.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** How the records of a source's topic are read for one step; what cannot be read is logged. */
public final class SourceSerdes {

  private final Source source;
  private final ReadLayout layout;
  private final ProcessingLog log;
  private final String logger;

  /** For a step that logs under {@code logger}. */
  public SourceSerdes(PlanStep.Read step, ProcessingLog log, String logger) {
    this.source = step.source();
    this.layout = ReadLayout.of(step);
    this.log = log;
    this.logger = logger + ".Source";
  }

  public ReadLayout layout() {
    return layout;
  }

  public KeyKind keyKind() {
    return source.window().map(KeyKind::of).orElse(KeyKind.PLAIN);
  }

  /**
   * Keys. Where the source declares no key column, whatever key a record has is ignored, unless the
   * key's format is one that says how many columns a key has.
   */
  public Serde<Object> key() {
    List<Column> columns = source.schema().key();
    if (columns.isEmpty() && !keyKind().isWindowed()) {
      return switch (source.keyFormat().kind()) {
        case KAFKA, NONE -> keys((topic, bytes) -> null);
        case JSON, DELIMITED -> keys(noKeys());
      };
    }
    return keyKind()
        .serde(
            Serdes.serdeFrom(
                RowSerde.serializerOf(RowFormats.keyWriter(source.keyFormat(), columns)),
                new SourceDeserializer(
                    RowFormats.keyReader(source.keyFormat(), ColumnLayout.all(columns)),
                    HeaderColumns.NONE,
                    ReadLayout.NOT_IN_VALUE,
                    RecordPart.KEY,
                    log,
                    logger + ".deserializer")));
  }

  private static Serde<Object> keys(Deserializer<? extends Object> deserializer) {
    Serializer<Object> nothing = (topic, key) -> null;
    return Serdes.serdeFrom(nothing, deserializer::deserialize);
  }

  private Deserializer<Object[]> noKeys() {
    return new SourceDeserializer(
        RowFormats.refusedKeys(),
        HeaderColumns.NONE,
        ReadLayout.NOT_IN_VALUE,
        RecordPart.KEY,
        log,
        logger + ".deserializer");
  }

  /** Values, laid out as the step's schema says. */
  public Serde<Object[]> value() {
    return Serdes.serdeFrom(
        (topic, row) -> {
          throw new IllegalStateException("A source is never written to: " + topic);
        },
        new SourceDeserializer(
            RowFormats.valueReader(source.valueFormat(), layout.columns()),
            layout.headers(),
            layout.bytesSlot(),
            RecordPart.VALUE,
            log,
            logger + ".deserializer"));
  }

  /** Event times, if a column holds them. */
  public Optional<TimestampExtractor> timestamps() {
    return source
        .timestamp()
        .map(
            column ->
                new RowTimestampExtractor(
                    TimestampReader.of(column, source.schema(), layout.timestampSlot()),
                    wholeValues(),
                    log,
                    logger));
  }

  /** Reads again, with every column of the source, what was read with only those in use. */
  private UnaryOperator<Object[]> wholeValues() {
    RowReader reader =
        RowFormats.valueReader(source.valueFormat(), ColumnLayout.all(layout.columns().columns()));
    return value -> reader.read((byte[]) value[layout.bytesSlot()]);
  }
}
