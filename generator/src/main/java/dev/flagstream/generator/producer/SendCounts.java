package dev.flagstream.generator.producer;

/**
 * What became of the transactions so far.
 *
 * @param sent handed to the sink
 * @param acknowledged stored by all in-sync replicas
 * @param failed given up
 */
public record SendCounts(long sent, long acknowledged, long failed) {

  /** Handed over, with no outcome yet. */
  public long pending() {
    return sent - acknowledged - failed;
  }
}
