package dev.flagstream.engine.scenario;

import java.util.List;

/**
 * One section of a scenario: a heading at the margin and the indented lines below it.
 *
 * @param argument what stands after the heading's first word; empty if nothing does
 * @param firstLine the number of the heading's line in the file, from 1
 * @param body the lines below the heading, blank ones and comments included
 */
record Section(Kind kind, String argument, int firstLine, List<String> body) {

  /** What a section is for, by the first word of its heading. */
  enum Kind {
    /**
     * {@code name = value} for the server, one a line; a value that starts with a dot is a path.
     */
    SETTINGS,
    /** Paths of SQL scripts, relative to the scenario, run in order. */
    STATEMENTS,
    /** SQL itself. */
    SQL,
    /** A SELECT, started here; {@code query NAME} where there is more than one. */
    QUERY,
    /** Records for a topic, as JSON. */
    SEND,
    /** What must have come out by now, and where. */
    EXPECT
  }

  Section {
    body = List.copyOf(body);
  }

  String text() {
    return String.join("\n", body);
  }

  /** The number in the file of a line of the body, counted from 1. */
  int lineInFile(int lineOfBody) {
    return firstLine + lineOfBody;
  }
}
