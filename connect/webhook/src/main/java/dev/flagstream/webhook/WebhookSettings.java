package dev.flagstream.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** The sink's own settings, checked when the connector is registered. */
final class WebhookSettings extends AbstractConfig {

  private static final String URL = "webhook.url";
  private static final String SECRET_FILE = "webhook.secret.file";
  private static final String CA_FILE = "webhook.ca.file";
  private static final String ID_FIELD = "webhook.id.field";
  private static final String TIMEOUT = "webhook.timeout.ms";
  private static final String BACKOFF = "webhook.backoff.ms";
  private static final String LONGEST_BACKOFF = "webhook.backoff.max.ms";
  private static final String BUDGET = "webhook.budget.ms";

  /** Of which alerts may leave unencrypted: they do not leave it. */
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URL,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              (name, value) -> checkedUrl((String) value),
              Importance.HIGH,
              "Where records are posted: https, or http on this machine.")
          .define(
              SECRET_FILE,
              ConfigDef.Type.STRING,
              Importance.HIGH,
              "The file of the secret: whsec_ and 24 to 64 bytes in Base64. Of several, on a line each,"
                  + " all sign.")
          .define(
              CA_FILE,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "The file (PEM) of the certificates that are trusted, instead of those that the JVM"
                  + " trusts; empty for the latter.")
          .define(
              ID_FIELD,
              ConfigDef.Type.STRING,
              Importance.HIGH,
              "The field that identifies a record; it becomes the header webhook-id.")
          .define(
              TIMEOUT,
              ConfigDef.Type.LONG,
              10_000,
              Range.between(1, 60_000),
              Importance.MEDIUM,
              "How long an answer may take.")
          .define(
              BACKOFF,
              ConfigDef.Type.LONG,
              1_000,
              Range.atLeast(1),
              Importance.MEDIUM,
              "The pause after a first failure; it doubles with each further one.")
          .define(
              LONGEST_BACKOFF,
              ConfigDef.Type.LONG,
              60_000,
              Range.atLeast(1),
              Importance.MEDIUM,
              "The longest pause between two attempts.")
          .define(
              BUDGET,
              ConfigDef.Type.LONG,
              Duration.ofDays(1).toMillis(),
              Range.atLeast(0),
              Importance.MEDIUM,
              "How long a record is tried before it becomes a dead letter.");

  WebhookSettings(Map<String, String> properties) {
    super(DEFINITION, properties, false);
  }

  private static void checkedUrl(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(URL, text, "is no address");
    }
    boolean secure = "https".equals(url.getScheme());
    boolean local = "http".equals(url.getScheme()) && THIS_MACHINE.contains("" + url.getHost());
    if (url.getHost() == null || !(secure || local)) {
      throw new ConfigException(URL, text, "must begin with https:// (or http://127.0.0.1)");
    }
  }

  URI url() {
    return URI.create(getString(URL));
  }

  /**
   * The secrets that sign, read anew each time, so that a new one needs no restart; at least one.
   *
   * @throws ConfigException if there is none
   */
  List<String> secrets() {
    Path file = Path.of(getString(SECRET_FILE));
    try {
      List<String> secrets =
          Files.readString(file)
              .lines()
              .map(String::strip)
              .filter(each -> !each.isEmpty())
              .toList();
      if (secrets.isEmpty()) {
        throw new ConfigException(SECRET_FILE, file, "is empty");
      }
      return secrets;
    } catch (IOException e) {
      throw new ConfigException(SECRET_FILE, file, "cannot be read: " + e);
    }
  }

  /**
   * What decides whether a receiver is who it says it is.
   *
   * @throws ConfigException if the file of certificates is none
   */
  SSLContext tls() {
    String file = getString(CA_FILE);
    try {
      if (file.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : certificates(Path.of(file))) {
        trusted.setCertificateEntry("ca-" + trusted.size(), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException(CA_FILE, file, "cannot be read: " + e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (found.isEmpty()) {
        throw new ConfigException(CA_FILE, file, "contains no certificate");
      }
      return found;
    }
  }

  String idField() {
    return getString(ID_FIELD);
  }

  Duration timeout() {
    return Duration.ofMillis(getLong(TIMEOUT));
  }

  long backoffMs() {
    return getLong(BACKOFF);
  }

  long longestBackoffMs() {
    return Math.max(getLong(BACKOFF), getLong(LONGEST_BACKOFF));
  }

  Duration budget() {
    return Duration.ofMillis(getLong(BUDGET));
  }
}
