package dev.flagstream.engine.runtime;

import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.source.SourceRecords;
import dev.flagstream.engine.topology.source.SourceRecords.SourceRow;
import dev.flagstream.engine.type.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rows of a stream: those in its topic now. */
final class TopicRows implements TableRows {

  private final SourceRecords reader;
  private final Supplier<TopicScan> scans;

  TopicRows(QueryPlan.Pull plan, String queryId, ProcessingLog log, Supplier<TopicScan> scans) {
    List<String> columns = plan.input().value().stream().map(Column::name).toList();
    this.reader = SourceRecords.of(plan.source(), columns, plan.input(), log, queryId);
    this.scans = scans;
  }

  @Override
  public Cursor open() {
    return new TopicCursor(scans.get());
  }

  private final class TopicCursor implements Cursor {
    private final TopicScan scan;

    TopicCursor(TopicScan scan) {
      this.scan = scan;
    }

    @Override
    public Row next() throws InterruptedException {
      for (ConsumerRecord<byte[], byte[]> held = scan.next(); held != null; held = scan.next()) {
        Optional<SourceRow> row = reader.read(held).filter(read -> read.value() != null);
        if (row.isPresent()) {
          return new Row(row.get().key(), row.get().value());
        }
      }
      return null;
    }

    @Override
    public void close() {
      scan.close();
    }
  }
}
