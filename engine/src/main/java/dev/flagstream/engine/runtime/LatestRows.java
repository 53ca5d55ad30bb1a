package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.source.SourceRecords;
import dev.flagstream.engine.topology.source.SourceRecords.SourceRow;
import dev.flagstream.engine.type.Column;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows of a table that no query keeps: what its topic says last of each key. Reads the whole
 * topic each time.
 */
final class LatestRows implements TableRows {

  private final SourceRecords reader;
  private final Supplier<TopicScan> scans;

  LatestRows(QueryPlan.Pull plan, String queryId, ProcessingLog log, Supplier<TopicScan> scans) {
    List<String> columns = plan.input().value().stream().map(Column::name).toList();
    this.reader = SourceRecords.of(plan.source(), columns, plan.input(), log, queryId);
    this.scans = scans;
  }

  @Override
  public Cursor open() {
    return new LatestCursor();
  }

  /** Reads the topic when the first row is asked for. */
  private final class LatestCursor implements Cursor {
    private Iterator<Row> rows;

    @Override
    public Row next() throws InterruptedException {
      if (rows == null) {
        rows = latest().values().iterator();
      }
      return rows.hasNext() ? rows.next() : null;
    }

    private Map<ByteBuffer, Row> latest() throws InterruptedException {
      Map<ByteBuffer, Row> latest = new LinkedHashMap<>();
      try (TopicScan scan = scans.get()) {
        for (ConsumerRecord<byte[], byte[]> held = scan.next(); held != null; held = scan.next()) {
          if (held.key() != null) {
            keep(held, latest);
          }
        }
      }
      return latest;
    }

    /** A record that cannot be read changes nothing; it is in the processing log. */
    private void keep(ConsumerRecord<byte[], byte[]> held, Map<ByteBuffer, Row> latest) {
      Optional<SourceRow> row = reader.read(held);
      if (row.isEmpty()) {
        return;
      }
      ByteBuffer key = ByteBuffer.wrap(held.key());
      if (row.get().value() == null) {
        latest.remove(key);
      } else {
        latest.put(key, new Row(row.get().key(), row.get().value()));
      }
    }

    @Override
    public void close() {
      // The topic was closed after it was read.
    }
  }
}
