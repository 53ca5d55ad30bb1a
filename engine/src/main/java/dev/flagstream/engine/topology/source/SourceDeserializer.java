package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.UnreadableValueException;
import dev.flagstream.engine.topology.log.ProcessingLog;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads keys or values of a topic that others write to; what cannot be read is an {@link
 * UnreadableRecordException}, which the caller notes in the processing log. Thread-safe.
 */
final class SourceDeserializer implements Deserializer<Object[]> {

  private final RowReader reader;
  private final HeaderColumns headerColumns;
  private final int bytesSlot;
  private final ProcessingLog.RecordPart part;
  private final ProcessingLog log;
  private final String logger;

  /**
   * A deserializer.
   *
   * @param bytesSlot where in the row the bytes themselves go; negative for nowhere
   */
  SourceDeserializer(
      RowReader reader,
      HeaderColumns headerColumns,
      int bytesSlot,
      ProcessingLog.RecordPart part,
      ProcessingLog log,
      String logger) {
    this.reader = reader;
    this.headerColumns = headerColumns;
    this.bytesSlot = bytesSlot;
    this.part = part;
    this.log = log;
    this.logger = logger;
  }

  @Override
  public Object[] deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      Object[] row = reader.read(bytes);
      if (row != null && bytesSlot != ReadLayout.NOT_IN_VALUE) {
        row[bytesSlot] = bytes;
      }
      return row;
    } catch (UnreadableValueException e) {
      throw new UnreadableRecordException(
          "Failed to deserialize " + part.label() + " from topic: " + topic + ". " + e.getMessage(),
          e,
          () -> log.unreadable(logger, topic, part, e, bytes));
    }
  }

  @Override
  public Object[] deserialize(String topic, Headers headers, byte[] bytes) {
    Object[] row = deserialize(topic, bytes);
    if (row != null) {
      headerColumns.fill(row, headers);
    }
    return row;
  }
}
