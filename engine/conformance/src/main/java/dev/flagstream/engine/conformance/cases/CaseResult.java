package dev.flagstream.engine.conformance.cases;

/**
 * How a case went.
 *
 * @param detail why it did not pass; empty if it did
 * @param usesExtension whether it calls a function that is not built in
 */
record CaseResult(
    ValidationCase validationCase, CaseVerdict verdict, String detail, boolean usesExtension) {

  boolean passed() {
    return verdict == CaseVerdict.PASSED;
  }

  /** Whether engine and ksqlDB agree once the words of refusals are left out. */
  boolean agreesButForWords() {
    return verdict == CaseVerdict.PASSED
        || verdict == CaseVerdict.MESSAGE
        || (verdict == CaseVerdict.UNSUPPORTED && validationCase.expectedMessage().isPresent());
  }
}
