package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.Transactions;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransactionProducerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Transaction> transactions = Transactions.some(100);
  private final List<Transaction> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final List<Transaction> failed = Collections.synchronizedList(new ArrayList<>());
  private final TransactionProducer.Listener listener =
      new TransactionProducer.Listener() {
        @Override
        public void acknowledged(Transaction transaction) {
          acknowledged.add(transaction);
        }

        @Override
        public void failed(Transaction transaction, Exception cause) {
          failed.add(transaction);
        }
      };

  @Test
  void sendsEverythingInOrderAndCountsIt() throws InterruptedException {
    FakeSink sink = new FakeSink((transaction, outcome) -> outcome.acknowledged());

    TransactionProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(sink.received).isEqualTo(transactions);
    assertThat(acknowledged).isEqualTo(transactions);
    assertThat(producer.counts()).isEqualTo(new SendCounts(100, 100, 0));
    assertThat(producer.firstFailure()).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void countsEveryFailureAndKeepsTheFirst() throws InterruptedException {
    Transaction tooLarge = transactions.get(3);
    Transaction alsoTooLarge = transactions.get(70);
    FakeSink sink =
        new FakeSink(
            (transaction, outcome) -> {
              if (transaction.equals(tooLarge) || transaction.equals(alsoTooLarge)) {
                outcome.failed(new RecordTooLargeException(transaction.transactionId()));
              } else {
                outcome.acknowledged();
              }
            });

    TransactionProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(100, 98, 2));
    assertThat(failed).containsExactly(tooLarge, alsoTooLarge);
    assertThat(producer.firstFailure().orElseThrow()).hasMessage(tooLarge.transactionId());
  }

  @Test
  void givesUpAtOnceWhenItIsNotAllowedToWrite() throws InterruptedException {
    FakeSink sink =
        new FakeSink(
            (transaction, outcome) -> outcome.failed(new TopicAuthorizationException("topic")));

    TransactionProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(1, 0, 1));
  }

  @Test
  void countsOutcomesThatArriveWhenTheSinkCloses() throws InterruptedException {
    List<TransactionSink.Outcome> late = new ArrayList<>();
    FakeSink sink =
        new FakeSink((transaction, outcome) -> late.add(outcome)) {
          @Override
          public void close() {
            late.forEach(TransactionSink.Outcome::acknowledged);
          }
        };

    TransactionProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(100, 100, 0));
  }

  @Test
  void stopsWhileWaitingForTheNextTransactionToBeDue() throws InterruptedException {
    FakeSink sink = new FakeSink((transaction, outcome) -> outcome.acknowledged());
    CountDownLatch waiting = new CountDownLatch(1);
    Schedule tomorrow =
        (transaction, position) -> {
          waiting.countDown();
          return Duration.ofDays(1).toNanos();
        };
    TransactionProducer producer = producer(sink, tomorrow);
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
            (transaction, outcome) -> {
              blocking.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new InterruptException(e);
              }
            });
    TransactionProducer producer = producer(sink, Schedule.asFastAsPossible());
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
            (transaction, outcome) -> {
              throw new IllegalStateException("broken");
            });

    TransactionProducer producer = run(sink, Schedule.asFastAsPossible());

    assertThat(producer.counts()).isEqualTo(new SendCounts(0, 0, 0));
    assertThat(producer.firstFailure().orElseThrow()).hasMessage("broken");
    assertThat(sink.closed).isTrue();
  }

  @Test
  void reportsHowFarItIsBehindItsSchedule() throws InterruptedException {
    FakeSink sink = new FakeSink((transaction, outcome) -> outcome.acknowledged());

    TransactionProducer late = run(sink, (transaction, position) -> 1);
    TransactionProducer unscheduled = run(sink, Schedule.asFastAsPossible());

    assertThat(late.behindSchedule()).isPositive();
    assertThat(unscheduled.behindSchedule()).isZero();
  }

  @Test
  void closesWithoutHavingBeenStarted() {
    FakeSink sink = new FakeSink((transaction, outcome) -> outcome.acknowledged());

    producer(sink, Schedule.asFastAsPossible()).close();

    assertThat(sink.received).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  private TransactionProducer run(TransactionSink sink, Schedule schedule)
      throws InterruptedException {
    TransactionProducer producer = producer(sink, schedule);
    producer.start();
    assertThat(producer.awaitEnd(PATIENCE)).isTrue();
    return producer;
  }

  private TransactionProducer producer(TransactionSink sink, Schedule schedule) {
    return new TransactionProducer(transactions.iterator(), schedule, sink, listener);
  }

  private interface Answer {
    void give(Transaction transaction, TransactionSink.Outcome outcome);
  }

  /** Remembers what it received and answers as it is told. */
  private static class FakeSink implements TransactionSink {

    final List<Transaction> received = Collections.synchronizedList(new ArrayList<>());
    volatile boolean closed;
    volatile boolean interruptedWhenClosed;

    private final Answer answer;

    FakeSink(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void send(Transaction transaction, Outcome outcome) {
      received.add(transaction);
      answer.give(transaction, outcome);
    }

    @Override
    public void close() {
      closed = true;
      interruptedWhenClosed = Thread.currentThread().isInterrupted();
    }
  }
}
