package dev.flagstream.engine.scenario;

import java.util.Map;

/** Something that can be expected and can come out: a record, a row of a query, a line. */
interface Row {

  /** The name under which all of a row without columns stands. */
  String WHOLE = "";

  /** Its parts by name, in order, as a table shows them. */
  Map<String, String> cells();

  /** The line that a scenario has for it. */
  @Override
  String toString();

  /** A row that is one piece of text. */
  record Line(String text) implements Row {
    @Override
    public Map<String, String> cells() {
      return Map.of(WHOLE, text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
