package dev.flagstream.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ProcessingLogTopicTest {

  private final MovedClock clock = new MovedClock();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ProcessingLogTopic log = new ProcessingLogTopic("log", false, clock, producer);

  @Test
  void entriesDoNotWaitForATopicThatThereIsNot() {
    log("first");
    producer.errorNext(
        new TimeoutException(
            "Topic log not present in metadata", new UnknownTopicOrPartitionException()));

    log("second");
    assertThat(producer.history()).hasSize(1);

    clock.nowMs += ProcessingLogTopic.RETRY_MS;
    log("third");
    producer.completeNext();
    log("fourth");
    assertThat(producer.history()).hasSize(3);
  }

  @Test
  void entriesGoOnAfterOneThatABrokerDidNotTakeInTime() {
    log("first");
    producer.errorNext(new TimeoutException("Expiring 1 record(s)"));

    log("second");
    assertThat(producer.history()).hasSize(2);
  }

  private void log(String message) {
    log.failed("processing.X", message, Optional.empty(), () -> "");
  }

  private static final class MovedClock extends Clock {
    private long nowMs;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("This clock is of no other zone");
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(nowMs);
    }
  }
}
