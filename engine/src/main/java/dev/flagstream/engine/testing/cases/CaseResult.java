package dev.flagstream.engine.testing.cases;

/**
 * How a case went.
 *
 * @param detail why it did not pass; empty if it did
 * @param usesExtension whether it calls a function that is not built in
 */
record CaseResult(
    ValidationCase validationCase, Outcome outcome, String detail, boolean usesExtension) {

  enum Outcome {
    PASSED,
    FAILED,
    /** The engine refused, naming a feature it does not have. */
    UNSUPPORTED
  }
}
