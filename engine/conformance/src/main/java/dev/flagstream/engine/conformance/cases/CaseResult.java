package dev.flagstream.engine.conformance.cases;

/**
 * How a case went.
 *
 * @param detail why it did not pass; empty if it did
 * @param usesExtension whether it calls a function that is not built in
 */
record CaseResult(
    ValidationCase validationCase, Verdict verdict, String detail, boolean usesExtension) {

  boolean passed() {
    return verdict == Verdict.PASSED;
  }

  /** Whether engine and ksqlDB agree once the words of refusals are left out. */
  boolean agreesButForWords() {
    return verdict == Verdict.PASSED
        || verdict == Verdict.MESSAGE
        || (verdict == Verdict.UNSUPPORTED && validationCase.expectedMessage().isPresent());
  }
}
