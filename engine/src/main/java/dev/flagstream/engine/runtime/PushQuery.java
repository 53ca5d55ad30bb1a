package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.query.QueryPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A push query: a Kafka Streams application that lives as long as its rows are read. */
final class PushQuery implements RowSource {

  /** Rows that wait for a slow reader; beyond it, the query waits too. */
  private static final int QUEUE_CAPACITY = 500;

  private static final long POLL_MS = 100;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final BlockingQueue<Row> rows = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final ColumnPicker picker;
  private final ColumnPicker keyPicker;
  private final OptionalInt limit;
  private final Consumer<PushQuery> afterClose;
  private KafkaStreams streams;

  PushQuery(QueryPlan.Push plan, Consumer<PushQuery> afterClose) {
    this.picker = ColumnPicker.of(plan.schema(), plan.columnOrder());
    this.keyPicker = ColumnPicker.ofKeys(plan.plan().schema(), plan.columnOrder());
    this.limit = plan.limit();
    this.afterClose = afterClose;
  }

  void start(KafkaStreams application) {
    streams = application;
    streams.setUncaughtExceptionHandler(
        error -> {
          failure.set(error);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
  }

  /** Called on stream threads; the value of a deleted row is null. */
  void onRow(Object[] key, Object[] value) {
    Row row =
        value == null
            ? new Row(keyPicker.pick(key, null), true)
            : new Row(picker.pick(key, value), false);
    try {
      while (!closed.get() && !rows.offer(row, POLL_MS, TimeUnit.MILLISECONDS)) {
        // The reader is slow; look again whether it is still there.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public End forEach(RowTaker taker) throws InterruptedException {
    int left = limit.orElse(Integer.MAX_VALUE);
    while (!closed.get()) {
      if (left == 0) {
        return End.LIMIT_REACHED;
      }
      Optional<Row> row = next();
      if (row.isPresent()) {
        if (!row.get().giveTo(taker)) {
          return End.CLOSED;
        }
        left--;
      }
    }
    return End.CLOSED;
  }

  private Optional<Row> next() throws InterruptedException {
    Row row = rows.poll(POLL_MS, TimeUnit.MILLISECONDS);
    if (row == null && failure.get() != null) {
      throw new QueryFailedException(
          "The query failed: " + failure.get().getMessage(), failure.get());
    }
    return Optional.ofNullable(row);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      streams.close(
          CloseOptions.timeout(CLOSE_TIMEOUT)
              .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
      streams.cleanUp();
      afterClose.accept(this);
    }
  }

  /** A row, or, of one that is gone, its key alone. */
  @SuppressWarnings("ArrayRecordComponent") // Rows are arrays everywhere; these are never compared.
  private record Row(Object[] values, boolean deleted) {
    boolean giveTo(RowTaker taker) throws InterruptedException {
      return deleted ? taker.deleted(values) : taker.accept(values);
    }
  }
}
