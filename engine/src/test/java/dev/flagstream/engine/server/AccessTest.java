package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask a server: known users with a role, and no web page. */
@ExtendWith(TestCluster.class)
class AccessTest {

  private static final String LOGIN_CONFIG = "java.security.auth.login.config";
  private static final String SHOW = "{\"ksql\":\"SHOW STREAMS;\"}";

  @TempDir static Path directory;
  private static SqlServer server;

  @BeforeAll
  static void startWithUsers() throws IOException {
    Path users = directory.resolve("users.properties");
    // The digest is that of "second".
    Files.writeString(
        users,
        """
        ada: first,admin,analyst
        bob: MD5:a9f0e61a137d86aa9db53465e0801612,analyst
        eve: third,guest
        kim: fourth,reader
        max: fifth,reader,analyst
        """);
    server = SqlServer.start(settings("access_", users));
  }

  @AfterAll
  static void stop() {
    server.close();
    System.clearProperty(LOGIN_CONFIG);
  }

  private static Map<String, String> settings(String serviceId, Path users) throws IOException {
    Path login = directory.resolve(serviceId + "jaas.conf");
    Files.writeString(
        login,
        """
        Sql {
          org.eclipse.jetty.jaas.spi.PropertyFileLoginModule required file="%s";
        };
        """
            .formatted(users));
    System.setProperty(LOGIN_CONFIG, login.toString());
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", TestCluster.bootstrapServers());
    settings.put("listeners", "http://127.0.0.1:0");
    settings.put("ksql.service.id", serviceId);
    settings.put("ksql.streams.state.dir", directory.toString());
    settings.put("authentication.method", "BASIC");
    settings.put("authentication.realm", "Sql");
    settings.put("authentication.roles", "admin, analyst");
    settings.put("authentication.read.roles", "reader");
    settings.put("authentication.skip.paths", "/healthcheck");
    return settings;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ada:first, 200",
    "bob:second, 200",
    "ada:second, 401",
    "ada:FIRST, 401",
    "ada, 401",
    "ada:, 401",
    "nobody:first, 401",
    "bob:MD5:a9f0e61a137d86aa9db53465e0801612, 401",
    "eve:third, 403",
  })
  void answersKnownUsersWithARole(String login, int status) throws IOException {
    String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));

    assertThat(statusOf(post("Authorization: Basic " + encoded))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"Authorization: Basic ?", "Authorization: Bearer YWRhOmZpcnN0", "X-Nothing: 1"})
  void tellsAClientThatDoesNotLogInWhereTo(String header) throws IOException {
    String answer = post(header);

    assertThat(statusOf(answer)).isEqualTo(401);
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .contains("www-authenticate: basic realm=\"sql\"")
        .contains("\"error_code\":40100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SHOW STREAMS; | 200",
        "SET 'auto.offset.reset'='earliest'; SHOW QUERIES; | 200",
        "SHOW STREAMS; DROP STREAM s; | 403",
        "CREATE STREAM s (v INT) WITH (kafka_topic='read', partitions=1, value_format='JSON'); | 403",
        "INSERT INTO s (v) VALUES (1); | 403",
        "TERMINATE ALL; | 403",
        "CREATE SINK CONNECTOR c WITH ('connector.class'='x'); | 403",
      })
  void letsReadersAskAndWriteNothing(String sql, int status) throws IOException {
    String answer = postAs("kim:fourth", "/ksql", sql);

    assertThat(statusOf(answer)).as(answer).isEqualTo(status);
    assertThat(answer.contains("may read and not write")).isEqualTo(status == 403);
  }

  @Test
  void letsReadersQueryAndInsertNoRows() throws IOException {
    assertThat(postAs("kim:fourth", "/query", "SELECT * FROM nothing;"))
        .contains("NOTHING does not exist");
    HttpResponse<String> inserted = insert("{\"target\":\"s\"}\n{\"V\":1}\n", "kim:fourth");
    assertThat(inserted.statusCode()).isEqualTo(403);
    assertThat(inserted.body()).contains("may insert no rows");
  }

  @Test
  void letsReadersEndNothing() throws IOException {
    String answer = postAs("kim:fourth", "/ksql/terminate", "");

    assertThat(statusOf(answer)).isEqualTo(403);
    assertThat(answer).contains("may read and not write");
  }

  @Test
  void letsAUserWithBothRolesWrite() throws IOException {
    assertThat(postAs("max:fifth", "/ksql", "DROP STREAM nothing;"))
        .contains("nothing")
        .doesNotContain("may read and not write");
  }

  private static HttpResponse<String> insert(String body, String login) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(server.uri().resolve("/inserts-stream"))
                  .header("Authorization", basic(login))
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }

  private static String postAs(String login, String path, String sql) throws IOException {
    String body = "{\"ksql\":\"" + sql + "\"}";
    return send(
        "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, authority(), basic(login), body.length(), body));
  }

  @Test
  void asksNobodyForAPasswordOnPathsThatAreLeftOut() throws IOException {
    assertThat(statusOf(send("GET /healthcheck HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n")))
        .isEqualTo(200);
    assertThat(statusOf(send("GET /info HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n")))
        .isEqualTo(401);
  }

  @Test
  void refusesWhatAWebPageMakesABrowserSend() throws IOException {
    String login =
        "Authorization: Basic " + Base64.getEncoder().encodeToString("ada:first".getBytes(UTF_8));

    assertThat(statusOf(post(login + "\r\nOrigin: http://" + authority()))).isEqualTo(200);
    String answer = post(login + "\r\nOrigin: https://evil.example");
    assertThat(statusOf(answer)).isEqualTo(403);
    assertThat(answer).contains("Pages of another origin (https://evil.example)");
    assertThat(statusOf(post(login + "\r\nOrigin: null"))).isEqualTo(403);
    // The page's own name, which is made to mean this machine.
    int port = server.uri().getPort();
    String rebound =
        post("evil.example:" + port, login + "\r\nOrigin: http://evil.example:" + port);
    assertThat(statusOf(rebound)).isEqualTo(403);
    assertThat(rebound).contains("is not evil.example. Ask 127.0.0.1 or localhost");
    assertThat(statusOf(post("localhost:" + port, login))).isEqualTo(200);
  }

  @Test
  void looksAtOriginsAloneWhereAServerMayHaveManyNames() {
    BrowserRequests everywhere = new BrowserRequests("0.0.0.0");

    assertThat(everywhere.refusal("ksqldb.example:8088", null)).isEmpty();
    assertThat(everywhere.refusal("ksqldb.example:8088", "http://ksqldb.example:8088")).isEmpty();
    assertThat(everywhere.refusal("ksqldb.example:8088", "http://ksqldb.example")).isPresent();
    assertThat(everywhere.refusal(null, "http://ksqldb.example")).isPresent();
    assertThat(everywhere.refusal("ksqldb.example:8088", "no address")).isPresent();
    assertThat(new BrowserRequests("[::1]").refusal("[::1]:8088", null)).isEmpty();
    assertThat(new BrowserRequests("localhost").refusal("127.0.0.1.evil.example", null))
        .isPresent();
  }

  @Test
  void saysWhatIsWrongWithTheUsers() throws IOException {
    String before = System.getProperty(LOGIN_CONFIG);
    try {
      Path obfuscated = directory.resolve("obfuscated.properties");
      Files.writeString(obfuscated, "ada: OBF:1u2a1toa1w8v1tok1u30,admin");
      refuses(settings("obf_", obfuscated), "The password of ada in " + obfuscated);
      refuses(settings("gone_", directory.resolve("gone")), "cannot be read");
      Map<String, String> otherRealm = settings("realm_", obfuscated);
      otherRealm.put("authentication.realm", "Other");
      refuses(otherRealm, "authentication.realm='Other'");
      System.clearProperty(LOGIN_CONFIG);
      refuses(otherRealm, "-Djava.security.auth.login.config=FILE");
    } finally {
      System.setProperty(LOGIN_CONFIG, before);
    }
  }

  private static void refuses(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> BasicAuthentication.of(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  private static String authority() {
    URI uri = server.uri();
    return uri.getHost() + ":" + uri.getPort();
  }

  private static String post(String headers) throws IOException {
    return post(authority(), headers);
  }

  /** As bytes, since Java's client does not let anybody say which host is meant. */
  private static String post(String host, String headers) throws IOException {
    return send(
        "POST /ksql HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(host, headers, SHOW.length(), SHOW));
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      socket
          .getOutputStream()
          .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static int statusOf(String answer) {
    return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }
}
