package dev.flagstream.engine.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What SET and DEFINE have made hold for the statements that follow. One thread's own. */
final class ShellSession {

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private OutputFormat output;
  private RowStyle rowStyle = RowStyle.DEFAULT;
  private QueryLimits limits = QueryLimits.NONE;
  private boolean pipelining;
  private OptionalLong latestCommand = OptionalLong.empty();

  ShellSession(OutputFormat output) {
    this.output = output;
  }

  /** How answers are shown. */
  enum OutputFormat {
    TABULAR,
    JSON
  }

  /**
   * How the rows of queries are set in columns.
   *
   * @param wraps whether what does not fit goes on in the next line, and is not cut
   * @param columnWidth characters of each column; 0 if they share the screen
   */
  record RowStyle(boolean wraps, int columnWidth) {
    static final RowStyle DEFAULT = new RowStyle(true, 0);
  }

  /** When a query is ended though it would go on: after so many rows, or so long. */
  record QueryLimits(OptionalLong rows, Optional<Duration> time) {
    static final QueryLimits NONE = new QueryLimits(OptionalLong.empty(), Optional.empty());
  }

  Map<String, String> properties() {
    return properties;
  }

  Map<String, String> variables() {
    return variables;
  }

  OutputFormat output() {
    return output;
  }

  void output(OutputFormat newOutput) {
    output = newOutput;
  }

  RowStyle rowStyle() {
    return rowStyle;
  }

  void rowStyle(RowStyle newStyle) {
    rowStyle = newStyle;
  }

  QueryLimits limits() {
    return limits;
  }

  void limits(QueryLimits newLimits) {
    limits = newLimits;
  }

  /** Whether a statement is carried out though the command before it may not have been. */
  boolean pipelining() {
    return pipelining;
  }

  void pipelining(boolean on) {
    pipelining = on;
  }

  /** Takes note of a command that the server has accepted. */
  void commandAccepted(long sequenceNumber) {
    latestCommand = OptionalLong.of(sequenceNumber);
  }

  /** Another server counts its own commands. */
  void serverChanged() {
    latestCommand = OptionalLong.empty();
  }

  /** The number of the command that the next statement waits for. */
  OptionalLong awaited() {
    return pipelining ? OptionalLong.empty() : latestCommand;
  }
}
