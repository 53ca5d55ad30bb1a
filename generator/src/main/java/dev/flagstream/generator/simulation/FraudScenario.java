package dev.flagstream.generator.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /**
   * The scenario of a label.
   *
   * @throws IllegalArgumentException that names all labels if there is none
   */
  public static FraudScenario of(String label) {
    for (FraudScenario scenario : values()) {
      if (scenario.label.equals(label)) {
        return scenario;
      }
    }
    String labels =
        Arrays.stream(values()).map(FraudScenario::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "there is no fraud scenario '" + label + "'; there are " + labels);
  }

  /** Lower case with underscores, such as {@code card_testing}. */
  public String label() {
    return label;
  }
}
