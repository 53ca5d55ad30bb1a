package dev.flagstream.engine.scenario;

import dev.flagstream.engine.scenario.Row.Line;
import dev.flagstream.engine.topology.ProcessingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The processing log as lines; they name places and reasons, never what rows hold. */
final class LogLines implements ProcessingLog {

  private final List<Line> lines = new ArrayList<>();

  @Override
  public void unreadable(
      String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
    add(logger + ": " + part.label() + " of " + topic + ": " + error.getMessage());
  }

  @Override
  public void failed(
      String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
    add(logger + ": " + message);
  }

  private void add(String entry) {
    lines.add(new Line(entry.replace('\n', ' ')));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
