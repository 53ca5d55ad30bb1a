package dev.flagstream.udf;

/** Why a transaction is flagged. The names are data that others store: they never change. */
enum FraudReason {
  /** The amount is at or above {@code amount.threshold}. */
  AMOUNT_OVER_THRESHOLD,

  /** Outside the card holder's home city, at or above {@code away.amount.threshold}. */
  AWAY_FROM_HOME,

  /**
   * Outside {@code usual.cities}, at or above {@code away.amount.threshold}, where no home city is
   * known.
   */
  UNUSUAL_CITY
}
