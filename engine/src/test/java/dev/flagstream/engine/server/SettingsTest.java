package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings keep the server from starting, and say which and why. */
@ExtendWith(TestCluster.class)
class SettingsTest {

  private static final String PASSWORD = "changeit";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ksql.servce.id | x | ksql.servce.id is no setting. Did you mean ksql.service.id?",
        "ksql.service.id | a b | ksql.service.id='a b': use letters, digits",
        "ksql.extension.dirs | ext | Did you mean ksql.extension.dir?",
        "ksql.streams.num.stream.thread | 2 | Did you mean ksql.streams.num.stream.threads?",
        "ksql.streams.nonsense | 2 | Kafka Streams and its clients have no setting nonsense",
        "ksql.streams.num.stream.threads | many | ksql.streams.*: Invalid value many",
        "ksql.streams.processing.guarantee | twice | ksql.streams.*: Invalid value twice",
        "ksql.heartbeat.enable | yes | ksql.heartbeat.enable='yes': must be true or false",
        "ksql.internal.topic.replicas | one | must be a whole number",
        "ksql.hidden.topics | ( | is no regular expression",
        "authentication.method | KERBEROS | must be NONE or BASIC",
        "authentication.method | BASIC | authentication.realm is missing",
        "listeners | https://127.0.0.1:0 | ssl.keystore.location is missing",
        "bootstrap.servers | \"\" | bootstrap.servers is missing",
      })
  void refusesWrongSettings(String key, String value, String message) {
    Map<String, String> settings = settings();
    settings.put(key, value);

    assertThatThrownBy(() -> SqlServer.start(settings).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void startsWithSettingsOfKsqlDbThatHaveNoEffectHere() {
    Map<String, String> settings = settings();
    settings.put("ksql.schema.registry.url", "http://127.0.0.1:8081");
    settings.put("ksql.query.pull.range.scan.enabled", "true");
    settings.put("ksql.streams.main.consumer.interceptor.setting", "x");

    try (SqlServer server = SqlServer.start(settings)) {
      assertThat(server.uri().getScheme()).isEqualTo("http");
    }
  }

  @Test
  void servesHttpsWithAKeystore() throws Exception {
    Path keystore = keystore();
    Map<String, String> settings = settings();
    settings.put("listeners", "https://localhost:0");
    settings.put("ssl.keystore.location", keystore.toString());
    settings.put("ssl.keystore.password", PASSWORD);

    try (SqlServer server = SqlServer.start(settings)) {
      HttpClient http = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(server.uri().resolve("/info")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(server.uri().getScheme()).isEqualTo("https");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).contains("KsqlServerInfo");
    }
  }

  @Test
  void saysWhatIsWrongWithAKeystore() throws Exception {
    Map<String, String> settings = settings();
    settings.put("listeners", "https://localhost:0");
    settings.put("ssl.keystore.location", keystore().toString());
    settings.put("ssl.keystore.password", "wrong");

    assertThatThrownBy(() -> SqlServer.start(settings).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ssl.keystore.location=")
        .hasMessageContaining("Check file, ssl.keystore.password");
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", TestCluster.bootstrapServers());
    settings.put("listeners", "http://127.0.0.1:0");
    settings.put("ksql.service.id", "settings_");
    settings.put("ksql.streams.state.dir", directory.toString());
    return settings;
  }

  private Path keystore() throws IOException, InterruptedException {
    Path keystore = directory.resolve("server.p12");
    if (!Files.exists(keystore)) {
      String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      Process process =
          new ProcessBuilder(
                  keytool,
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=dns:localhost",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  keystore.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
    return keystore;
  }

  private static SSLContext trusting(Path keystore) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
