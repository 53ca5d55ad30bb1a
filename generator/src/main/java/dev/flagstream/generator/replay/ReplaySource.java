package dev.flagstream.generator.replay;

import java.util.Optional;

/** The rows of one file, ready to be sent. Used by one thread; {@link #bytesRead} by any. */
interface ReplaySource extends AutoCloseable {

  /** The next row that can be sent, or null after the last one. */
  ReplayRow next();

  /**
   * Rejects the row that {@link #next} gave last: it cannot be sent.
   *
   * @param reason what is wrong with it, as the end of a sentence about a row: {@code is too large}
   */
  void reject(String reason);

  /** How many rows were rejected so far. */
  long rejected();

  /** How much of the file has been read, in bytes as they stand on the disk. */
  long bytesRead();

  /** Why the rest of the file could not be read; empty as long as nothing went wrong. */
  Optional<String> brokenOff();

  @Override
  void close();
}
