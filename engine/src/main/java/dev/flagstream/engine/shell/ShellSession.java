package dev.flagstream.engine.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** What SET and DEFINE have made hold for the statements that follow. One thread's own. */
final class ShellSession {

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private OutputFormat output;

  ShellSession(OutputFormat output) {
    this.output = output;
  }

  /** How answers are shown. */
  enum OutputFormat {
    TABULAR,
    JSON
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
}
