package dev.flagstream.engine.testing.cases;

/**
 * How a case went.
 *
 * @param detail why it did not pass; empty if it did
 */
record CaseResult(ValidationCase validationCase, Outcome outcome, String detail) {

  enum Outcome {
    PASSED,
    FAILED,
    /** The engine refused, naming a feature it does not have. */
    UNSUPPORTED
  }
}
