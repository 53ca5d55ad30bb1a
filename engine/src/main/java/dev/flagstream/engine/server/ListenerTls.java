package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.config.ConfigurationException;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;

/** TLS of the listener, by the properties that ksqlDB and Kafka's servers have for it. */
final class ListenerTls {

  private static final String CLIENT_AUTH = "ssl.client.authentication";

  private final Map<String, String> properties;

  private ListenerTls(Map<String, String> properties) {
    this.properties = properties;
  }

  /**
   * Sets up an https listener.
   *
   * @param properties {@code ssl.keystore.location}, {@code .password} and {@code .type} (JKS or
   *     PKCS12; by default whatever the file is), {@code ssl.key.password}, {@code
   *     ssl.truststore.*} likewise, and {@code ssl.client.authentication} (NONE, REQUESTED or
   *     REQUIRED)
   * @throws ConfigurationException naming the property that is missing or wrong
   */
  static void configure(HttpServerOptions options, Map<String, String> properties) {
    new ListenerTls(properties).configure(options);
  }

  private void configure(HttpServerOptions options) {
    Store keys = store("ssl.keystore.");
    if (keys == null) {
      throw new ConfigurationException(
          "ssl.keystore.location is missing: an https listener needs a keystore with its key and"
              + " certificate");
    }
    options.setSsl(true).setUseAlpn(true).setKeyCertOptions(keys.asKeys(keyPassword(keys)));
    Store trusted = store("ssl.truststore.");
    if (trusted != null) {
      options.setTrustOptions(trusted.asTrusted());
    }
    options.setClientAuth(clientAuth());
  }

  private String keyPassword(Store keys) {
    return properties.getOrDefault("ssl.key.password", keys.password());
  }

  private ClientAuth clientAuth() {
    String value = properties.getOrDefault(CLIENT_AUTH, "NONE").toUpperCase(Locale.ROOT);
    return switch (value) {
      case "NONE" -> ClientAuth.NONE;
      case "REQUESTED" -> ClientAuth.REQUEST;
      case "REQUIRED" -> ClientAuth.REQUIRED;
      default ->
          throw new ConfigurationException(
              "%s='%s': must be NONE, REQUESTED or REQUIRED".formatted(CLIENT_AUTH, value));
    };
  }

  private Store store(String prefix) {
    String location = properties.get(prefix + "location");
    if (location == null || location.isBlank()) {
      return null;
    }
    String password = properties.getOrDefault(prefix + "password", "");
    Store store = new Store(Path.of(location), password, type(prefix, location, password));
    store.check(prefix);
    return store;
  }

  private String type(String prefix, String location, String password) {
    String type = properties.get(prefix + "type");
    if (type != null) {
      return type.toUpperCase(Locale.ROOT);
    }
    try {
      return KeyStore.getInstance(Path.of(location).toFile(), password.toCharArray())
          .getType()
          .toUpperCase(Locale.ROOT);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      // Whatever is wrong with it is said by the check.
      return KeyStore.getDefaultType().toUpperCase(Locale.ROOT);
    }
  }

  private record Store(Path file, String password, String type) {

    void check(String prefix) {
      try (InputStream in = Files.newInputStream(file)) {
        KeyStore.getInstance(type).load(in, password.toCharArray());
      } catch (IOException | GeneralSecurityException e) {
        throw new ConfigurationException(
            "%slocation='%s': cannot be read as %s (%s). Check file, %spassword and %stype"
                .formatted(prefix, file, type, e.getMessage(), prefix, prefix),
            e);
      }
    }

    KeyCertOptions asKeys(String keyPassword) {
      return type.equals("PKCS12")
          ? new PfxOptions().setPath(file.toString()).setPassword(password)
          : new JksOptions()
              .setPath(file.toString())
              .setPassword(password)
              .setAliasPassword(keyPassword);
    }

    TrustOptions asTrusted() {
      return type.equals("PKCS12")
          ? new PfxOptions().setPath(file.toString()).setPassword(password)
          : new JksOptions().setPath(file.toString()).setPassword(password);
    }
  }
}
