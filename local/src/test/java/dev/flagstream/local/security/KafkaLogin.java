package dev.flagstream.local.security;

import java.util.HashMap;
import java.util.Map;

/** The ways to log in to {@link GuardedBroker}, by Kafka's own properties. */
enum KafkaLogin {
  /** A name and a password. */
  SASL_PLAIN,
  /** Proof of a password, over TLS. */
  SASL_SCRAM_AND_TLS,
  /** A client's certificate. */
  TLS_CERTIFICATE;

  static final String USER = "flagstream";
  static final String PASSWORD = "right";

  /** What a client sets that may enter. */
  Map<String, String> right(Certificates certificates) {
    return properties(certificates, PASSWORD, Certificates.CLIENT);
  }

  /** The same with another password, or a certificate that nobody knows. */
  Map<String, String> wrong(Certificates certificates) {
    return properties(certificates, "wrong", Certificates.STRANGER);
  }

  private Map<String, String> properties(
      Certificates certificates, String password, String certificate) {
    Map<String, String> properties = new HashMap<>();
    if (this != SASL_PLAIN) {
      properties.put(
          "ssl.truststore.location", certificates.trusting(Certificates.SERVER).toString());
      properties.put("ssl.truststore.password", Certificates.PASSWORD);
    }
    switch (this) {
      case SASL_PLAIN -> {
        properties.put("security.protocol", "SASL_PLAINTEXT");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put("sasl.jaas.config", jaas("plain.PlainLoginModule", password));
      }
      case SASL_SCRAM_AND_TLS -> {
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "SCRAM-SHA-512");
        properties.put("sasl.jaas.config", jaas("scram.ScramLoginModule", password));
      }
      case TLS_CERTIFICATE -> {
        properties.put("security.protocol", "SSL");
        properties.put("ssl.keystore.location", certificates.keys(certificate).toString());
        properties.put("ssl.keystore.password", Certificates.PASSWORD);
        properties.put("ssl.key.password", Certificates.PASSWORD);
      }
    }
    return properties;
  }

  private static String jaas(String module, String password) {
    return "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
        .formatted(module, USER, password);
  }
}
