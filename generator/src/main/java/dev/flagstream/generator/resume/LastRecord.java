package dev.flagstream.generator.resume;

/**
 * The last record of a run that a partition holds.
 *
 * @param transactionId the transaction that it is, or is about
 * @param timeMs its event time, milliseconds since the epoch
 */
public record LastRecord(String transactionId, long timeMs) {}
