package dev.flagstream.generator.producer;

import java.time.Duration;
import java.util.Locale;

/** Kafka cannot be used as things are; the message says what to do about it. */
public final class KafkaAccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KafkaAccessException(String message, Throwable cause) {
    super(message, cause);
  }

  public static KafkaAccessException wrongSettings(KafkaSettings settings, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new KafkaAccessException(
        "the settings for Kafka at "
            + settings.bootstrapServers()
            + " are refused: "
            + root.getMessage()
            + " (see --config and --bootstrap-servers)",
        cause);
  }

  public static KafkaAccessException unreachable(KafkaSettings settings, Throwable cause) {
    return new KafkaAccessException(
        "no Kafka broker answers at "
            + settings.bootstrapServers()
            + ". Start one (make demo, or make up with Docker), or name another with"
            + " --bootstrap-servers; if it needs TLS or a login, give them with --config",
        cause);
  }

  static KafkaAccessException clockSetBack(Duration by) {
    return new KafkaAccessException(
        String.format(
            Locale.ROOT,
            "the clock of this machine was set back by %,d s. Kafka's producer goes by it and would"
                + " send nothing until it is as late again, so this ends",
            by.toSeconds()),
        null);
  }

  static KafkaAccessException loginRefused(KafkaSettings settings, Throwable cause) {
    return new KafkaAccessException(
        "the broker at "
            + settings.bootstrapServers()
            + " refuses the login: "
            + cause.getMessage()
            + " (see the security settings given with --config)",
        cause);
  }
}
