package dev.flagstream.generator.simulation;

import java.util.Locale;

/** The kinds of fraud that the simulation commits; the label is what the ground truth carries. */
public enum FraudScenario {
  /** A stolen card pays one amount far above what its holder usually spends. */
  HIGH_AMOUNT,
  /** A tampered terminal charges many cards a little more, for weeks. */
  COMPROMISED_MERCHANT,
  /** Someone else orders on a customer's account, for several times the usual amounts. */
  ACCOUNT_TAKEOVER,
  /** Tiny amounts show which stolen numbers work; then comes a large one. */
  CARD_TESTING,
  /** A copied card is used far away, minutes after its holder paid at home. */
  IMPOSSIBLE_TRAVEL,
  /** A copied card is emptied at cash machines by night. */
  ATM_CASH_OUT,
  /** The holder spends more and more for days and never means to pay the bill. */
  BUST_OUT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Lower case with underscores, such as {@code card_testing}. */
  public String label() {
    return label;
  }
}
