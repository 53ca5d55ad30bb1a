package dev.flagstream.engine.conformance.cases;

import java.util.Locale;

/** How a case ended: as expected, or in which way not. */
enum CaseVerdict {
  PASSED("as expected"),
  ACCEPTED("accepted, where a refusal is expected"),
  REFUSED("refused, where rows are expected"),
  RESULT("other rows"),
  SCHEMA("other columns or formats of a stream or table"),
  BYTES("the same values in other bytes: order of MAP entries, digits of numbers, escapes"),
  INTERNAL("an error inside the engine"),
  MESSAGE("refused as expected, in other words"),
  UNSUPPORTED("refused by the name of a feature that is missing");

  private final String meaning;

  CaseVerdict(String meaning) {
    this.meaning = meaning;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String meaning() {
    return meaning;
  }

  boolean failed() {
    return this != PASSED && this != UNSUPPORTED;
  }
}
