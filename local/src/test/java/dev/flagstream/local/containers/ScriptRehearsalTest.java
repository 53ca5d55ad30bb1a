package dev.flagstream.local.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that run in containers, run here by a user without rights who finds nothing on its
 * PATH but the commands of the image, as docs/containers.md lists them. Where busybox is installed,
 * it is the shell, as in curl's image.
 */
class ScriptRehearsalTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String CURL_IMAGE = "curlimages/curl:8.14.1";
  private static final String KSQLDB_IMAGE = "confluentinc/cp-ksqldb-server:8.3.1";
  private static final int STRANGER = 10_001;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private static final List<String> LAKE =
      List.of("decisions-lake", "labels-lake", "rejections-lake", "transactions-lake");

  private final AtomicInteger lakesWithoutABucket = new AtomicInteger();
  private final Map<String, Integer> busyAnswers = new ConcurrentHashMap<>();
  private HttpServer server;
  private volatile int answerToPut = 201;
  private volatile String registered = "[]";
  // Null if the variable is not set.
  private String stores;
  private String webhook;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    serve(0);
  }

  private void serve(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/healthcheck", exchange -> answer(exchange, 200, "{\"isHealthy\":true}"));
    server.createContext("/health", exchange -> answer(exchange, 200, "{\"status\":\"healthy\"}"));
    server.createContext("/connectors/", this::connectors);
    server.createContext("/connectors", exchange -> answer(exchange, 200, registered));
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    // JUnit warns of each link that it finds to somewhere else.
    try (DirectoryStream<Path> tools = Files.newDirectoryStream(folder, "tools-*")) {
      for (Path each : tools) {
        try (Stream<Path> links = Files.list(each)) {
          for (Path link : links.toList()) {
            Files.delete(link);
          }
        }
      }
    }
  }

  private void connectors(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(request);
    // What a worker says while its group is being made up.
    if (busyAnswers.merge(request, -1, Integer::sum) >= 0) {
      answer(exchange, 409, "{\"error_code\":409,\"message\":\"rebalance\"}");
    } else if (request.matches("PUT .*-lake/config")
        && lakesWithoutABucket.decrementAndGet() >= 0) {
      answer(exchange, 400, "{\"message\":\"There is no bucket 'flagstream' in the store\"}");
    } else if (exchange.getRequestMethod().equals("PUT")) {
      answer(exchange, answerToPut, "{\"message\":\"connection.uri is wrong\"}");
    } else {
      answer(exchange, 204, "");
    }
  }

  @Test
  void healthCheckSeesAServerThatIsWellWithBashAlone() throws Exception {
    String check = script("healthcheck.sh");

    End well = run(KSQLDB_IMAGE, "bash", check, port(), "/healthcheck", "\"isHealthy\":true");
    End ill = run(KSQLDB_IMAGE, "bash", check, port(), "/healthcheck", "\"isHealthy\":false");
    server.stop(0);
    End away = run(KSQLDB_IMAGE, "bash", check, port(), "/healthcheck", "\"isHealthy\":true");

    assertThat(well.code()).as(well.text()).isZero();
    assertThat(ill.code()).isNotZero();
    assertThat(ill.text()).contains("expected \"isHealthy\":false, got:");
    assertThat(away.code()).isNotZero();
  }

  @Test
  void registersEverySinkAlsoWithAWorkerThatIsBusy() throws Exception {
    stores = "mongodb";
    webhook = "";
    List<String> sinks = sinks();
    busyAnswers.put("PUT /connectors/" + sinks.get(0) + "/config", 2);

    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).as(end.text()).isZero();
    for (String sink : sinks) {
      assertThat(end.text()).contains("registered " + sink);
    }
    assertThat(requests)
        .hasSize(sinks.size() + 4 + LAKE.size())
        .contains("DELETE /connectors/fraud-alerts-webhook", "DELETE /connectors/decisions-sql")
        .contains("DELETE /connectors/decisions-lake", "DELETE /connectors/labels-lake");
  }

  @Test
  void removesNothingWhereNobodySaysWhatThereShouldBe() throws Exception {
    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).as(end.text()).isZero();
    assertThat(requests)
        .hasSize(sinks().size())
        .allSatisfy(request -> assertThat(request).startsWith("PUT "));
  }

  @Test
  void registersTheSinkOfRowsOnlyWhereASqlDatabaseIsNamed() throws Exception {
    stores = "mongodb,mysql";

    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).as(end.text()).isZero();
    assertThat(end.text()).contains("registered decisions-sql");
    assertThat(requests)
        .contains("PUT /connectors/decisions-sql/config")
        .doesNotContain("DELETE /connectors/decisions-sql");
  }

  @Test
  void registersTheSinksToTheLakeOnceItsBucketIsMade() throws Exception {
    stores = "mongodb,lake";
    lakesWithoutABucket.set(2);

    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).as(end.text()).isZero();
    for (String sink : LAKE) {
      assertThat(end.text()).contains("registered " + sink);
      assertThat(requests)
          .contains("PUT /connectors/" + sink + "/config")
          .doesNotContain("DELETE /connectors/" + sink);
    }
    assertThat(lakesWithoutABucket.get()).isNegative();
  }

  @Test
  void saysWhyASinkWasRefused() throws Exception {
    answerToPut = 400;

    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text())
        .contains(sinks().get(0) + ".json; HTTP status 400", "connection.uri is wrong");
    assertThat(requests).hasSize(1);
  }

  @Test
  void saysThatNoWorkerIsThere() throws Exception {
    server.stop(0);

    End end = run(CURL_IMAGE, "sh", script("register.sh"));

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text()).contains("did not become healthy after 3 attempts");
  }

  @Test
  void watchdogAsksForEveryConnectorAgainAndAgainAlsoForThoseThatComeLater() throws Exception {
    registered = "[]";
    Process watchdog = start(CURL_IMAGE, "sh", script("watchdog.sh"));
    try {
      registered = "[\"flagged-transactions\",\"data-quality-1m\"]";
      for (String connector : List.of("flagged-transactions", "data-quality-1m")) {
        String question =
            "POST /connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true";
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> requests.stream().filter(question::equals).count() >= 2);
      }
    } finally {
      watchdog.destroy();
    }
    assertThat(watchdog.waitFor()).isZero();
    assertThat(Set.copyOf(requests)).hasSize(2);
  }

  @Test
  void watchdogGoesOnWhileTheWorkerIsAway() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    Process watchdog = start(CURL_IMAGE, "sh", script("watchdog.sh"));
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.readString(folder.resolve("said")).contains("for its connectors"));
      registered = "[\"flagged-transactions\"]";
      serve(port);
      await().atMost(Duration.ofMinutes(1)).until(() -> !requests.isEmpty());
    } finally {
      watchdog.destroy();
    }
    assertThat(watchdog.waitFor()).isZero();
  }

  /** How a script ended, and all it said. */
  private record End(int code, String text) {}

  private End run(String image, String... command) throws Exception {
    Process process = start(image, command);
    int code = process.waitFor();
    return new End(code, Files.readString(folder.resolve("said")));
  }

  private Process start(String image, String... command) throws Exception {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      Optional<Path> setpriv = find("setpriv");
      assumeTrue(setpriv.isPresent(), "needs setpriv to give up root's rights");
      whole.addAll(
          List.of(
              setpriv.get().toString(),
              "--reuid=" + STRANGER,
              "--regid=" + STRANGER,
              "--clear-groups"));
    }
    Path tools = tools(image);
    whole.add(tools.resolve(command[0]).toString());
    whole.addAll(List.of(command).subList(1, command.length));
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("said").toFile());
    builder.environment().clear();
    if (stores != null) {
      builder.environment().put("SINKS", stores);
    }
    if (webhook != null) {
      builder.environment().put("WEBHOOK_URL", webhook);
    }
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", tools.toString(),
                "CONNECT_URL", "http://127.0.0.1:" + port(),
                "WATCHDOG_SECONDS", "0.1",
                "REGISTER_ATTEMPTS", "3",
                "REGISTER_PAUSE_SECONDS", "1"));
    return builder.start();
  }

  /** A folder with the commands of the image, and no others. */
  private Path tools(String image) throws IOException {
    Path tools = folder.resolve("tools-" + image.replaceAll("\\W", "-"));
    if (Files.exists(tools)) {
      return tools;
    }
    Files.createDirectories(tools);
    Optional<Path> busybox = image.equals(CURL_IMAGE) ? find("busybox") : Optional.<Path>empty();
    Set<String> commands =
        ImageFacts.readFrom(HOME.resolve("docs/containers.md")).get(image).commands();
    for (String command : commands) {
      if (command.startsWith("/") || command.equals("ksql")) {
        continue; // of the image alone; the scripts that run here do not call them
      }
      Optional<Path> real = command.equals("curl") ? Optional.<Path>empty() : busybox;
      Optional<Path> file = real.or(() -> find(command));
      assumeTrue(file.isPresent(), () -> "needs the command " + command);
      Files.createSymbolicLink(tools.resolve(command), file.get());
    }
    return tools;
  }

  private static Optional<Path> find(String command) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(each -> Path.of(each, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** A script where the container's user finds it, with the sinks beside it. */
  private String script(String name) throws IOException {
    Path mounted = folder.resolve("connect");
    if (Files.notExists(mounted)) {
      copy(HOME.resolve("connect"), mounted);
      copy(HOME.resolve("connect/lake"), mounted.resolve("lake"));
    }
    return mounted.resolve(name).toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "*.{sh,json}")) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> sinks() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("connect"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  private String port() {
    return Integer.toString(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
