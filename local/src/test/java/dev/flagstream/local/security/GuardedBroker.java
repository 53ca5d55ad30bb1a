package dev.flagstream.local.security;

import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import dev.flagstream.local.settings.StackSettings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker that lets nobody in without a {@link KafkaLogin}, but for the test itself. */
final class GuardedBroker implements AutoCloseable {

  private static final int ITERATIONS = 4_096;

  private final StackSettings settings;
  private final Broker broker;
  private final Map<KafkaLogin, String> addresses = new EnumMap<>(KafkaLogin.class);

  private GuardedBroker(StackSettings settings, Certificates certificates) {
    this.settings = settings;
    Ports ports = FreePorts.pick();
    addresses.put(KafkaLogin.SASL_PLAIN, "127.0.0.1:" + ports.kafka());
    addresses.put(KafkaLogin.SASL_SCRAM_AND_TLS, "127.0.0.1:" + ports.sql());
    addresses.put(KafkaLogin.TLS_CERTIFICATE, "127.0.0.1:" + ports.connect());
    String controller = "127.0.0.1:" + ports.mongo();
    String clients =
        "PLAINTEXT://%s,PLAIN://%s,SCRAM://%s,CERTIFICATE://%s"
            .formatted(
                settings.bootstrapServers(),
                addresses.get(KafkaLogin.SASL_PLAIN),
                addresses.get(KafkaLogin.SASL_SCRAM_AND_TLS),
                addresses.get(KafkaLogin.TLS_CERTIFICATE));
    Map<String, String> properties = new HashMap<>();
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("listeners", clients + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", clients);
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PLAIN:SASL_PLAINTEXT,SCRAM:SASL_SSL,CERTIFICATE:SSL");
    properties.put("listener.name.plain.sasl.enabled.mechanisms", "PLAIN");
    properties.put(
        "listener.name.plain.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
            .formatted(KafkaLogin.USER, KafkaLogin.PASSWORD));
    properties.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put(
        "listener.name.scram.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    properties.put("ssl.keystore.location", certificates.keys(Certificates.SERVER).toString());
    properties.put("ssl.keystore.password", Certificates.PASSWORD);
    properties.put("ssl.key.password", Certificates.PASSWORD);
    properties.put(
        "ssl.truststore.location", certificates.trusting(Certificates.CLIENT).toString());
    properties.put("ssl.truststore.password", Certificates.PASSWORD);
    properties.put("listener.name.certificate.ssl.client.auth", "required");
    broker = Broker.start(settings, properties);
  }

  static GuardedBroker start(StackSettings settings, Certificates certificates) throws Exception {
    GuardedBroker guarded = new GuardedBroker(settings, certificates);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      KafkaLogin.USER,
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                      KafkaLogin.PASSWORD)))
          .all()
          .get();
    }
    return guarded;
  }

  /** Where clients connect that log in like this. */
  String address(KafkaLogin login) {
    return addresses.get(login);
  }

  /** Where the test itself connects, without a login. */
  String openAddress() {
    return settings.bootstrapServers();
  }

  @Override
  public void close() {
    broker.close();
  }
}
