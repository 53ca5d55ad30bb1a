package dev.flagstream.engine.runtime;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * How many bytes a record has that stands alone in a batch, as a producer of some configuration
 * sends it. Thread-safe.
 */
final class RecordSize {

  /** More than what Kafka adds to a key and a value that stand alone in a batch. */
  private static final int OVERHEAD_BYTES = 128;

  /** More than what the lengths of a header's name and value take. */
  private static final int HEADER_OVERHEAD_BYTES = 10;

  private final Compression compression;

  /** Sizes for a producer, whose configuration is read as it reads it itself. */
  RecordSize(Map<String, Object> config) {
    CompressionType type =
        CompressionType.forName(
            String.valueOf(config.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")));
    compression =
        switch (type) {
          case NONE, SNAPPY -> Compression.of(type).build();
          case GZIP ->
              Compression.gzip()
                  .level(level(config, ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, type))
                  .build();
          case LZ4 ->
              Compression.lz4()
                  .level(level(config, ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG, type))
                  .build();
          case ZSTD ->
              Compression.zstd()
                  .level(level(config, ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, type))
                  .build();
        };
  }

  private static int level(Map<String, Object> config, String name, CompressionType type) {
    Object level = config.get(name);
    return level == null ? type.defaultLevel() : Integer.parseInt(String.valueOf(level));
  }

  /** What it is made of, its headers included; a little more than what it takes. */
  static int plain(ProducerRecord<byte[], byte[]> record) {
    int bytes = length(record.key()) + length(record.value()) + OVERHEAD_BYTES;
    for (Header header : record.headers()) {
      bytes += Utils.utf8Length(header.key()) + length(header.value()) + HEADER_OVERHEAD_BYTES;
    }
    return bytes;
  }

  /** What goes to the broker, which is plain if nothing is compressed; compresses it for this. */
  int sent(ProducerRecord<byte[], byte[]> record) {
    if (compression.type() == CompressionType.NONE) {
      return plain(record);
    }
    return MemoryRecords.withRecords(
            compression,
            new SimpleRecord(
                record.timestamp() == null ? 0 : record.timestamp(),
                record.key(),
                record.value(),
                record.headers().toArray()))
        .sizeInBytes();
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
