package dev.flagstream.engine.scenario;

import dev.flagstream.engine.scenario.Row.Line;
import dev.flagstream.engine.topology.log.ProcessingLogLines;
import java.util.ArrayList;
import java.util.List;

/** The processing log as a scenario shows it, each entry in one line. */
final class LogLines extends ProcessingLogLines {

  private final List<Line> lines = new ArrayList<>();

  @Override
  protected void add(String line) {
    lines.add(new Line(line.replace('\n', ' ')));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
