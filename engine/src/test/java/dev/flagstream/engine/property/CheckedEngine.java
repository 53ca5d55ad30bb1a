package dev.flagstream.engine.property;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRows;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An engine without a broker that must not fail: statements may be refused, records may be left out
 * with a sentence in the processing log, and anything else ends the test.
 */
final class CheckedEngine implements AutoCloseable {

  private final OfflineEngine engine =
      new OfflineEngine(Expressions.FUNCTIONS, Map.of(), new CheckedLog());

  /** Carries out statements; false, with no effect of it, once one is refused. */
  boolean accepts(List<String> statements) {
    return statements.stream().allMatch(this::accepts);
  }

  boolean accepts(String statement) {
    try {
      engine.run(statement);
      return true;
    } catch (SqlException | UnsupportedFeatureException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("refused without a word: " + statement, e);
      }
      return false;
    }
  }

  void send(List<DrawnRecord> records) {
    records.forEach(this::send);
  }

  void send(DrawnRecord drawn) {
    engine.send(drawn.topic(), drawn.toOffline(engine.sourceOf(drawn.topic()).orElseThrow()));
  }

  Source source(String name) {
    return engine.catalog().source(name).orElseThrow();
  }

  /** What is in the topic of a stream or table. */
  QueryOutcome written(String name) {
    return QueryOutcome.of(engine.written(source(name).topic()));
  }

  /** Starts a SELECT; empty if it is refused. */
  Optional<OfflineRows> select(String sql) {
    try {
      return Optional.of(engine.select(engine.parse(sql).get(0)));
    } catch (SqlException | UnsupportedFeatureException e) {
      return Optional.empty();
    }
  }

  OfflineEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }

  private static final class CheckedLog implements ProcessingLog {
    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
      InternalErrors.refuse("reading the " + part.label() + " of " + topic, error);
    }

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      cause.ifPresent(error -> InternalErrors.refuse(logger + ": " + message, error));
    }
  }
}
