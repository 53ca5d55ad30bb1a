/**
 * Coverage-guided fuzzing of every reader of foreign bytes. {@link dev.flagstream.fuzz.Reader}
 * lists them, {@link dev.flagstream.fuzz.FuzzCommand} lets a fuzzer look for inputs that break one,
 * and {@link dev.flagstream.fuzz.CorpusTest} tries the inputs that are known.
 */
package dev.flagstream.fuzz;
