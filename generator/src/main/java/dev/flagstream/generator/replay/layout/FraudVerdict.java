package dev.flagstream.generator.replay.layout;

import java.util.Objects;
import java.util.Optional;

/**
 * What a file says a transaction turned out to be; it never travels inside the transaction.
 *
 * @param scenario the kind of fraud, where the file tells it
 */
public record FraudVerdict(boolean isFraud, Optional<String> scenario) {

  /** No fraud. */
  public static final FraudVerdict HONEST = new FraudVerdict(false, Optional.empty());

  /** A fraud of a kind that the file does not tell. */
  public static final FraudVerdict FRAUD = new FraudVerdict(true, Optional.empty());

  public FraudVerdict {
    Objects.requireNonNull(scenario, "scenario");
  }

  static FraudVerdict of(boolean isFraud) {
    return isFraud ? FRAUD : HONEST;
  }
}
