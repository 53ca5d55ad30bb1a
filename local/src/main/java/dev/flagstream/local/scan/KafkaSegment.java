package dev.flagstream.local.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;

/**
 * A file of a broker with records of one partition: also those that are aborted, deleted or
 * replaced, as long as the file has them.
 *
 * @param file the file
 * @param topic what its folder is named after
 * @param partition what its folder is named after
 */
record KafkaSegment(Path file, String topic, int partition) {

  private static final Pattern NAME = Pattern.compile("\\d{20}\\.log(\\.\\w+)?");

  /** {@code topic-0}, or what becomes of it when the topic is deleted or moved. */
  private static final Pattern FOLDER = Pattern.compile("(.+?)-(\\d+)(?:\\.\\w+-\\w+)?");

  /** The segment that this file is; null if it is none. */
  static KafkaSegment of(Path file) {
    Matcher folder = FOLDER.matcher(file.toAbsolutePath().getParent().getFileName().toString());
    return NAME.matcher(file.getFileName().toString()).matches() && folder.matches()
        ? new KafkaSegment(file, folder.group(1), Integer.parseInt(folder.group(2)))
        : null;
  }

  /** Hands over every whole record that was there at the beginning; a broker may add more. */
  void read(Consumer<Record> each) throws IOException {
    FileRecords records = FileRecords.open(file.toFile(), false);
    try (BufferSupplier buffers = BufferSupplier.create()) {
      for (FileChannelRecordBatch batch : records.batches()) {
        try (CloseableIterator<Record> inBatch = batch.streamingIterator(buffers)) {
          inBatch.forEachRemaining(each);
        }
      }
    } finally {
      records.closeHandlers(); // close() would cut off what a broker has added meanwhile
    }
  }
}
