package dev.flagstream.engine.topology;

import dev.flagstream.engine.topology.log.ProcessingLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what it is told, for tests to look at. */
public final class RecordingLog implements ProcessingLog {

  public final List<String> entries = Collections.synchronizedList(new ArrayList<>());

  /** The texts of the rows that failed. */
  final List<String> rows = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void unreadable(
      String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
    entries.add(logger + " | " + part.label() + " of " + topic + ": " + error.getMessage());
  }

  @Override
  public void failed(
      String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
    entries.add(logger + " | " + message);
    rows.add(row.get());
  }
}
