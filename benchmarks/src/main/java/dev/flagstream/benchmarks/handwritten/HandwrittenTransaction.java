package dev.flagstream.benchmarks.handwritten;

/** What the jobs need of a transaction; the other fields are passed over. */
record HandwrittenTransaction(
    String transactionId, Double amount, String merchant, String location, long eventTime) {}
