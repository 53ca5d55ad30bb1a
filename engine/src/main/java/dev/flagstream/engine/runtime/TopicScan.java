package dev.flagstream.engine.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A walk through the records a topic holds. To be used by one thread. */
public interface TopicScan extends AutoCloseable {

  /** The next record; null after the last. */
  ConsumerRecord<byte[], byte[]> next() throws InterruptedException;

  @Override
  void close();
}
