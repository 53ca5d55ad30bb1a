package dev.flagstream.local.settings;

import dev.flagstream.generator.producer.KafkaSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * What a command looks at on other machines than this one. Immutable.
 *
 * @param kafka how to reach the Kafka cluster, with a login if it asks for one; empty if it is here
 * @param mongoUri MongoDB, with its options if there are any; empty if it is here
 */
public record Elsewhere(Optional<KafkaSettings> kafka, Optional<String> mongoUri) {

  /** All is on this machine. */
  public static final Elsewhere NOTHING = new Elsewhere(Optional.empty(), Optional.empty());

  public Elsewhere {
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(mongoUri, "mongoUri");
  }
}
