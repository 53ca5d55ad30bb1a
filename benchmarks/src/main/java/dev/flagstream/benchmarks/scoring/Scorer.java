package dev.flagstream.benchmarks.scoring;

/** Scores the rows of the benchmark, one at a time. */
interface Scorer extends AutoCloseable {

  /** The score of a row by its number. */
  double score(int row);

  @Override
  default void close() {}
}
