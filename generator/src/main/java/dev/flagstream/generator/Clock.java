package dev.flagstream.generator;

/** Which time the transactions are of. */
enum Clock {
  /** Now: each is sent when it happens. */
  LIVE,
  /** A range of the past, as fast as it can be sent. */
  BACKFILL
}
