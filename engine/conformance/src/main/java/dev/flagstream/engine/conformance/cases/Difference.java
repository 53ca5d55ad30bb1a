package dev.flagstream.engine.conformance.cases;

/** What is other than a case expects, in words, and of which kind it is. */
record Difference(CaseVerdict kind, String text) {}
