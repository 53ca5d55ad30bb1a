package dev.flagstream.generator.replay.csv;

/** Takes what could not be replayed. Used by one thread. */
@FunctionalInterface
public interface RejectedRows {

  /** Ignores them: for a first look at a file that is read again. */
  RejectedRows IGNORED = (line, reason, row) -> {};

  /**
   * Takes one row, or the part of it that could still be told from the others.
   *
   * @param line where it starts, from 1
   * @param reason what is wrong, without any of the row's contents
   * @param row the row as it stands in the file, decoded
   */
  void add(long line, String reason, String row);
}
