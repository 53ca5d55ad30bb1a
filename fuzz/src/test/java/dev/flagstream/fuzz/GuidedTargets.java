package dev.flagstream.fuzz;

import dev.flagstream.engine.property.GuidedExamples;

/** The properties of the engine, for examples that a fuzzer draws. */
final class GuidedTargets {

  static final FuzzTarget EXPRESSIONS = GuidedExamples::checkExpressions;
  static final FuzzTarget SCRIPTS = GuidedExamples::checkScript;

  private GuidedTargets() {}
}
