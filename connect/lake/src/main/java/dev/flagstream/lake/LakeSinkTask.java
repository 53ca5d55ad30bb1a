package dev.flagstream.lake;

import dev.flagstream.client.lake.CommitManifest;
import dev.flagstream.client.lake.LakeStore;
import dev.flagstream.client.lake.StoreAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the records of its partitions as rows of Parquet files, each once, as {@link PartitionLog}
 * says. While a store is away, rows wait in memory and Connect brings no more. Anything else fails
 * the task: whoever starts it again goes on from what the store has, so nothing has to be
 * remembered in between.
 */
public final class LakeSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(LakeSinkTask.class);

  /** How long a store that is away is left alone. */
  private static final long AWAY_MS = 3_000;

  private final Function<LakeSettings, LakeStore> stores;
  private final LongSupplier nanos;
  private final InstantSource clock;

  private final Map<TopicPartition, PartitionRows> partitions = new HashMap<>();

  private LakeSettings settings;
  private LakeRowReader reader;
  private LakeStore store;
  private RowDatabase database;

  /** For names of tables. */
  private int opened;

  /** After a failure nothing is written any more: what was about to be may be there already. */
  private boolean failed;

  /** As Connect makes it. */
  public LakeSinkTask() {
    this(LakeSettings::openStore, System::nanoTime, InstantSource.system());
  }

  /** With a store and clocks of its own. */
  LakeSinkTask(Function<LakeSettings, LakeStore> stores, LongSupplier nanos, InstantSource clock) {
    this.stores = stores;
    this.nanos = nanos;
    this.clock = clock;
  }

  /** A partition: what is in the store, and what is not yet. */
  private static final class PartitionRows {

    private final PartitionLog log;
    private final RowBuffer buffer;

    /** The offset after the last record that was seen. */
    private long next;

    /** From which offset on records are brought again, as the store was away; else none. */
    private long againFrom = Long.MAX_VALUE;

    PartitionRows(PartitionLog log, RowBuffer buffer) {
      this.log = log;
      this.buffer = buffer;
      this.next = log.next();
    }
  }

  @Override
  public String version() {
    return LakeSinkConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    settings = new LakeSettings(properties);
    reader = new LakeRowReader(settings.schema(), settings.rowIndex());
    store = stores.apply(settings);
    database = RowDatabase.open();
  }

  /** Has Connect read on from where the store ends, the last stored record once more. */
  @Override
  public void open(Collection<TopicPartition> added) {
    for (TopicPartition each : added) {
      try {
        PartitionLog log =
            PartitionLog.open(store, settings.table(), each.topic(), each.partition());
        RowBuffer buffer = new RowBuffer(database.connection(), "rows_" + opened++, settings);
        partitions.put(each, new PartitionRows(log, buffer));
        context.offset(each, Math.max(0, log.next() - 1));
        LOG.info("{} goes on in the lake from offset {}", each, log.next());
      } catch (IOException | SQLException e) {
        throw failed(each, e);
      }
    }
  }

  private ConnectException failed(TopicPartition partition, Exception e) {
    failed = true;
    return new ConnectException(
        "The lake cannot be used for " + partition + ": " + e.getMessage(), e);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    for (SinkRecord each : records) {
      TopicPartition partition =
          new TopicPartition(each.originalTopic(), each.originalKafkaPartition());
      PartitionRows rows = partitions.get(partition);
      if (each.originalKafkaOffset() < rows.next) {
        if (each.originalKafkaOffset() < rows.againFrom) {
          requireSameTopic(partition, rows, each);
        }
      } else {
        add(partition, rows, each);
        rows.next = each.originalKafkaOffset() + 1;
      }
    }
    try {
      flushWhatIsDue();
    } catch (RetriableException e) {
      awaitAgain(records);
      throw e;
    }
    partitions.values().forEach(rows -> rows.againFrom = Long.MAX_VALUE);
    untilNextIsDue();
  }

  /** Connect brings the same records once more. */
  private void awaitAgain(Collection<SinkRecord> records) {
    for (SinkRecord each : records) {
      PartitionRows rows =
          partitions.get(new TopicPartition(each.originalTopic(), each.originalKafkaPartition()));
      rows.againFrom = Math.min(rows.againFrom, each.originalKafkaOffset());
    }
    context.timeout(AWAY_MS);
  }

  /**
   * Of what is stored, Connect gives the last record alone. Others mean that the topic ends before:
   * it was made anew, and its offsets are not those of the lake.
   */
  private static void requireSameTopic(
      TopicPartition partition, PartitionRows rows, SinkRecord each) {
    CommitManifest last = rows.log.last().orElse(null);
    if (last != null
        && (each.originalKafkaOffset() < last.last()
            || (each.originalKafkaOffset() == last.last()
                && RowBuffer.timeMs(each) != last.lastTimeMs()))) {
      throw new ConnectException(
          "%s is not the topic that the lake has %d offsets of: it was deleted and made anew. Give the lake another folder, or delete %s and the table's folder from it"
              .formatted(
                  partition,
                  last.last() + 1,
                  CommitManifest.folder(partition.topic(), partition.partition())));
    }
  }

  private void add(TopicPartition partition, PartitionRows rows, SinkRecord each) {
    Object[] row;
    try {
      row = reader.read((byte[]) each.value());
    } catch (DataException e) {
      setAside(each, e);
      return;
    } catch (ClassCastException e) {
      throw new ConnectException(
          "The lake's sink reads bytes: its value.converter must be"
              + " org.apache.kafka.connect.converters.ByteArrayConverter",
          e);
    }
    if (row == null) {
      return;
    }
    try {
      rows.buffer.add(row, each, nanos.getAsLong());
    } catch (SQLException e) {
      throw failed(partition, e);
    }
  }

  /** Returns when the dead letter is written. */
  private void setAside(SinkRecord each, DataException reason) {
    ErrantRecordReporter deadLetters = context.errantRecordReporter();
    if (deadLetters == null) {
      throw new ConnectException("A record is no row, and there is no dead-letter topic", reason);
    }
    try {
      deadLetters.report(each, reason).get();
    } catch (ExecutionException e) {
      throw new ConnectException("A dead letter could not be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while a dead letter was written", e);
    }
  }

  private void flushWhatIsDue() {
    long buffered = partitions.values().stream().mapToLong(rows -> rows.buffer.rows()).sum();
    boolean full = buffered >= settings.flushRecords();
    long now = nanos.getAsLong();
    boolean wrote = false;
    for (Map.Entry<TopicPartition, PartitionRows> each : partitions.entrySet()) {
      RowBuffer buffer = each.getValue().buffer;
      publish(each.getKey(), each.getValue());
      if (buffer.rows() > 0
          && (full || buffer.ageNanos(now) >= settings.flushInterval().toNanos())) {
        flush(each.getKey(), each.getValue());
        wrote = true;
      }
    }
    if (wrote) {
      // So that Kafka tells how far it is, too.
      context.requestCommit();
    }
  }

  private void flush(TopicPartition partition, PartitionRows rows) {
    try {
      rows.log.write(rows.buffer, clock.millis());
      rows.buffer.clear();
    } catch (StoreAwayException e) {
      throw away(partition, e);
    } catch (IOException | SQLException e) {
      throw failed(partition, e);
    }
    publish(partition, rows);
  }

  private void publish(TopicPartition partition, PartitionRows rows) {
    try {
      rows.log.publish();
    } catch (StoreAwayException e) {
      throw away(partition, e);
    } catch (IOException e) {
      throw failed(partition, e);
    }
  }

  private static RetriableException away(TopicPartition partition, StoreAwayException e) {
    return new RetriableException(
        "The rows of " + partition + " wait, and are tried again: " + e.getMessage(), e);
  }

  /** Has Connect come back in time, though there may be no records. */
  private void untilNextIsDue() {
    long now = nanos.getAsLong();
    partitions.values().stream()
        .filter(rows -> rows.buffer.rows() > 0)
        .mapToLong(rows -> settings.flushInterval().toNanos() - rows.buffer.ageNanos(now))
        .min()
        .ifPresent(left -> context.timeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
  }

  /** Only what is in the store, and where readers look, counts as read. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> read) {
    Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>(read);
    partitions.forEach(
        (partition, rows) -> {
          OptionalLong unpublished = rows.log.unpublishedFrom();
          if (unpublished.isPresent()) {
            stored.put(partition, new OffsetAndMetadata(unpublished.getAsLong()));
          } else if (rows.buffer.rows() > 0) {
            stored.put(partition, new OffsetAndMetadata(rows.buffer.firstOffset()));
          }
        });
    return stored;
  }

  /** Writes what is left, so that a sink that is stopped in order is complete. */
  @Override
  public void close(Collection<TopicPartition> removed) {
    for (TopicPartition each : removed) {
      PartitionRows rows = partitions.remove(each);
      if (rows == null) {
        continue;
      }
      try (RowBuffer buffer = rows.buffer) {
        if (buffer.rows() > 0 && !failed) {
          rows.log.write(buffer, clock.millis());
          rows.log.publish();
        }
      } catch (IOException | UncheckedIOException | SQLException e) {
        LOG.warn(
            "The last rows of {} are not written; they are read again: {}", each, e.toString());
      }
    }
  }

  @Override
  public void stop() {
    partitions.clear();
    if (database != null) {
      database.close();
    }
    if (store != null) {
      store.close();
    }
  }
}
