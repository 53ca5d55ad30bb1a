package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.Payments;
import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedProducerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<FeedEvent> events = Payments.some(100);
  private final List<FeedRecord> records = records(events);

  @Test
  void sendsEverythingInOrderAndCountsIt() throws InterruptedException {
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());

    FeedProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(sink.received).isEqualTo(records);
    assertThat(producer.counts()).isEqualTo(new SendCounts(100, 100, 0));
    assertThat(producer.firstFailure()).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void endsAtTheFirstFailureAsGoingOnWouldLeaveAGap() throws InterruptedException {
    FeedRecord tooLarge = records.get(3);
    FakeSink sink =
        new FakeSink(
            (record, outcome) -> {
              if (record.equals(tooLarge)) {
                outcome.failed(new RecordTooLargeException("the fourth"));
              } else {
                outcome.acknowledged();
              }
            });

    FeedProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(4, 3, 1));
    assertThat(producer.firstFailure().orElseThrow()).hasMessage("the fourth");
    assertThat(sink.abandoned).isTrue();
    assertThat(sink.closed).isFalse();
  }

  @Test
  void countsEachStreamByItself() throws InterruptedException {
    List<FeedEvent> mixed = new ArrayList<>(events.subList(0, 3));
    mixed.add(1, new FraudTruth(mixed.get(0).transactionId(), "bust_out", mixed.get(0).timeMs()));
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());

    FeedProducer producer =
        new FeedProducer(records(mixed).iterator(), Schedule.asFastAsPossible(), sink);
    producer.start();
    assertThat(producer.awaitEnd(PATIENCE)).isTrue();

    assertThat(producer.counts()).isEqualTo(new SendCounts(3, 3, 0));
    assertThat(producer.counts(FeedStream.TRUTH)).isEqualTo(new SendCounts(1, 1, 0));
    assertThat(producer.counts(FeedStream.LABELS)).isEqualTo(new SendCounts(0, 0, 0));
    assertThat(producer.eventTimeMs()).isEqualTo(events.get(2).timeMs());
  }

  @Test
  void countsOutcomesThatArriveWhenTheSinkCloses() throws InterruptedException {
    List<Outcome> late = new ArrayList<>();
    FakeSink sink =
        new FakeSink((record, outcome) -> late.add(outcome)) {
          @Override
          public void close() {
            late.forEach(Outcome::acknowledged);
          }
        };

    FeedProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(100, 100, 0));
  }

  @Test
  void stopsWhileWaitingForTheNextTransactionToBeDue() throws InterruptedException {
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());
    CountDownLatch waiting = new CountDownLatch(1);
    Schedule tomorrow =
        eventTimeMs -> {
          waiting.countDown();
          return Duration.ofDays(1).toNanos();
        };
    FeedProducer producer = producer(sink, tomorrow);
    producer.start();
    waiting.await();

    producer.close();

    assertThat(producer.awaitEnd(Duration.ZERO)).isTrue();
    assertThat(producer.counts()).isEqualTo(new SendCounts(0, 0, 0));
    assertThat(producer.firstFailure()).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void stopsAlthoughTheSinkBlocksAndLetsItCloseUndisturbed() throws InterruptedException {
    CountDownLatch blocking = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    FakeSink sink =
        new FakeSink(
            (record, outcome) -> {
              blocking.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new InterruptException(e);
              }
            });
    FeedProducer producer = producer(sink, Schedule.asFastAsPossible());
    producer.start();
    blocking.await();

    producer.close();

    assertThat(producer.awaitEnd(Duration.ZERO)).isTrue();
    assertThat(producer.counts()).isEqualTo(new SendCounts(0, 0, 0));
    assertThat(sink.closed).isTrue();
    assertThat(sink.interruptedWhenClosed).isFalse();
  }

  @Test
  void endsWithTheReasonWhenTheSinkBreaks() throws InterruptedException {
    FakeSink sink =
        new FakeSink(
            (record, outcome) -> {
              throw new IllegalStateException("broken");
            });

    FeedProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(0, 0, 0));
    assertThat(producer.firstFailure().orElseThrow()).hasMessage("broken");
    assertThat(sink.abandoned).isTrue();
  }

  @Test
  void reportsHowFarItIsBehindItsSchedule() throws InterruptedException {
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());

    FeedProducer late = run(sink, eventTimeMs -> 1);
    FeedProducer unscheduled = run(sink, Schedule.asFastAsPossible());

    assertThat(late.behindSchedule()).isPositive();
    assertThat(unscheduled.behindSchedule()).isZero();
  }

  @Test
  void closesWithoutHavingBeenStarted() {
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());

    producer(sink, Schedule.asFastAsPossible()).close();

    assertThat(sink.received).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  private static List<FeedRecord> records(List<FeedEvent> events) {
    List<FeedRecord> records = new ArrayList<>();
    try (RecordsAhead ahead = new RecordsAhead(events.iterator())) {
      ahead.forEachRemaining(records::add);
    }
    return records;
  }

  @Test
  void breaksOffWithASentenceWhereTheClockWasSetBack() throws InterruptedException {
    FakeSink sink = new FakeSink((record, outcome) -> outcome.acknowledged());
    AtomicLong setMs = new AtomicLong();
    try (FeedProducer producer =
        new FeedProducer(
            records.iterator(),
            time -> TimeUnit.HOURS.toNanos(1),
            sink,
            () -> Instant.now().plusMillis(setMs.get()))) {
      producer.start();

      setMs.set(3_600_000);
      assertThat(producer.awaitEnd(Duration.ofMillis(1))).as("ahead").isFalse();
      setMs.set(0);

      assertThat(producer.awaitEnd(Duration.ofMillis(1))).as("back again").isTrue();
      assertThat(producer.firstFailure().orElseThrow())
          .hasMessageContaining("was set back by 3,")
          .hasMessageContaining("would send nothing");
      assertThat(sink.abandoned).isTrue();
    }
  }

  private FeedProducer run(RecordSink sink, Schedule schedule) throws InterruptedException {
    FeedProducer producer = producer(sink, schedule);
    producer.start();
    assertThat(producer.awaitEnd(PATIENCE)).isTrue();
    return producer;
  }

  private FeedProducer producer(RecordSink sink, Schedule schedule) {
    return new FeedProducer(records.iterator(), schedule, sink);
  }

  private record Outcome(FeedStream stream, RecordSink.Outcomes outcomes) {
    void acknowledged() {
      outcomes.acknowledged(stream);
    }

    void failed(Exception cause) {
      outcomes.failed(stream, cause);
    }
  }

  private interface Answer {
    void give(FeedRecord record, Outcome outcome);
  }

  /** Remembers what it received and answers as it is told. */
  private static class FakeSink implements RecordSink {

    final List<FeedRecord> received = Collections.synchronizedList(new ArrayList<>());
    volatile boolean closed;
    volatile boolean abandoned;
    volatile boolean interruptedWhenClosed;

    private final Answer answer;
    private Outcomes outcomes;

    FakeSink(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void report(Outcomes to) {
      outcomes = to;
    }

    @Override
    public void send(FeedRecord record) {
      received.add(record);
      answer.give(record, new Outcome(record.stream(), outcomes));
    }

    @Override
    public void close() {
      closed = true;
      interruptedWhenClosed = Thread.currentThread().isInterrupted();
    }

    @Override
    public void abandon() {
      abandoned = true;
    }
  }
}
