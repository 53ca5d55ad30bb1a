package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.model.store.HttpAddress;
import dev.flagstream.udf.model.store.S3Address;
import dev.flagstream.udf.model.store.StoreAddress;
import dev.flagstream.udf.model.store.StoreReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles from a web server and from a bucket, which a server of the JDK stands in for. */
class BundleStoreTest {

  private static final String SECRET = "wJalrXUtnFEMI";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_REGION", "eu-x-1");

  @TempDir private static Path models;
  @TempDir private Path cache;

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> pausesInSeconds = new ArrayList<>();
  private HttpServer server;
  private String version;
  private boolean isBucket;

  @BeforeAll
  static void writeBundles() {
    BundleFixture.write(models, "forest", TestModel.FOREST);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    version = push(models.resolve("forest"));
    index(version);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The next status of those that were said to come, then the file. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      byte[] file = files.get(path);
      int status = file == null ? 404 : 200;
      if (isBucket && !isSigned(exchange)) {
        status = 403;
      }
      if (!statuses.isEmpty()) {
        status = statuses.remove(0);
      }
      exchange.sendResponseHeaders(status, status == 200 ? file.length : -1);
      if (status == 200) {
        exchange.getResponseBody().write(file);
      }
    }
  }

  private String push(Path bundle) throws IOException {
    byte[] manifest = Files.readAllBytes(bundle.resolve("manifest.json"));
    String digits = ModelBundle.sha256(manifest).substring(0, 12);
    String place = "/bucket/models/" + bundle.getFileName() + "/" + digits + "/";
    files.put(place + "manifest.json", manifest);
    files.put(place + "model.zip", Files.readAllBytes(bundle.resolve("model.zip")));
    return bundle.getFileName() + "@" + digits;
  }

  private void index(String... versions) {
    String names = versions.length == 0 ? "" : "\"" + String.join("\", \"", versions) + "\"";
    files.put(
        "/bucket/models/models.json",
        "{\"format\": 1, \"models\": [%s]}".formatted(names).getBytes(StandardCharsets.UTF_8));
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private List<Path> bundles(StoreAddress address) throws IOException {
    StoreReader reader =
        new StoreReader(
            address,
            Duration.ofSeconds(20),
            nanos::get,
            time -> {
              pausesInSeconds.add(time.toSeconds());
              nanos.addAndGet(time.toNanos());
            });
    return new BundleStore(address, reader, cache).bundles();
  }

  private List<Path> bundles() throws IOException {
    return bundles(HttpAddress.of(base() + "/bucket/models"));
  }

  private String place() {
    return "/bucket/models/" + version.replace('@', '/') + "/";
  }

  // ------------------------------------------------------------------------------------ versions

  @Test
  void copiesTheVersionsThatTheIndexNames() throws IOException {
    List<Path> bundles = bundles();

    assertThat(bundles).hasSize(1);
    assertThat(ModelBundle.read(bundles.get(0)).version()).isEqualTo(version);
  }

  @Test
  void doesNotAskAgainForAVersionThatIsHere() throws IOException {
    bundles();
    asked.clear();

    bundles();

    assertThat(asked).containsExactly("/bucket/models/models.json");
  }

  @Test
  void keepsVersionsThatAreNoLongerInUse() throws IOException {
    Path before = bundles().get(0);
    BundleFixture.write(cache.resolve("new"), "forest", TestModel.FOREST, m -> m.put("note", "2"));
    String next = push(cache.resolve("new/forest"));
    index(next);

    Path after = bundles().get(0);

    assertThat(ModelBundle.read(after).version()).isEqualTo(next).isNotEqualTo(version);
    assertThat(ModelBundle.read(before).version()).isEqualTo(version);
  }

  @Test
  void mendsACopyThatIsDamaged() throws IOException {
    Path copy = bundles().get(0);
    Files.write(copy.resolve("model.zip"), new byte[] {1, 2, 3});

    assertThat(ModelBundle.read(bundles().get(0)).version()).isEqualTo(version);
  }

  @Test
  void leavesNothingUnfinishedBehind() throws IOException {
    try (Stream<Path> copy = Files.list(bundles().get(0))) {
      assertThat(copy.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("manifest.json", "model.zip");
    }
  }

  @Test
  void functionsScoreByModelsOfAStoreAsByThoseOfADirectory() {
    FraudScore ofStore = new FraudScore();
    ofStore.configure(
        Map.of(
            "ksql.functions._global_.model.dir",
            base() + "/bucket/models/",
            "ksql.functions._global_.model.cache",
            cache.toString()));
    FraudScore ofDirectory = new FraudScore();
    ofDirectory.configure(Map.of("ksql.functions._global_.model.dir", models.toString()));
    TestModel.Oracle forest = TestModel.FOREST.oracle();
    double[] row = new TestRows(forest, TestModel.FOREST.ours().features().size(), 5).next();
    Map<String, Double> features = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      features.put(TestModel.FOREST.ours().features().get(i), row[i]);
    }

    assertThat(ofStore.fraudScore("forest", features))
        .isEqualTo(ofDirectory.fraudScore("forest", features));
  }

  // ------------------------------------------------------------------------------------- refusals

  @Test
  void refusesAModelOfAnotherChecksum() {
    files.put(place() + "model.zip", new byte[] {1, 2, 3});

    assertThatThrownBy(this::bundles)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(base() + place() + "model.zip")
        .hasMessageContaining("the manifest says");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void refusesAManifestOfAnotherVersion() {
    files.put(place() + "manifest.json", "{}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::bundles)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("its folder says " + version.substring("forest@".length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc@41359579fd9e",
        "forest@../../../../x",
        "forest",
        "forest@41359579FD9E",
        "for/est@41359579fd9e",
        ".@41359579fd9e",
        ""
      })
  void refusesWhatIsNoVersion(String name) {
    index(name);

    assertThatThrownBy(this::bundles)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("models.json")
        .hasMessageContaining("'" + name + "', which is no version");
    assertThat(asked).hasSize(1);
  }

  @Test
  void refusesAnIndexThatIsNone() {
    files.put("/bucket/models/models.json", "<html>".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::bundles).isInstanceOf(UnusableModelException.class);

    files.put("/bucket/models/models.json", new byte[(1 << 20) + 1]);
    assertThatThrownBy(this::bundles).hasMessageContaining("longer than the 1048576 bytes");
  }

  @Test
  void saysAtOnceWhatIsMissingOrForbidden() {
    files.remove(place() + "model.zip");
    assertThatThrownBy(this::bundles)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("the store answers 404: there is no such file");

    statuses.add(403);
    assertThatThrownBy(this::bundles)
        .hasMessageContaining("the store answers 403: it must let this server read");
    assertThat(pausesInSeconds).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://", "http://anna:word@host/x", "https://host/x?a=b", "https://host/a b"})
  void refusesWhatIsNoAddressWithoutShowingIt(String value) {
    assertThatThrownBy(
            () -> new FraudScore().configure(Map.of("ksql.functions._global_.model.dir", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ksql.functions._global_.model.dir: ")
        .message()
        .doesNotContain("word");
  }

  // -------------------------------------------------------------------------------- a store away

  @Test
  void waitsForAStoreThatIsAwayAndSaysSoEachTime() throws IOException {
    statuses.addAll(List.of(503, 500, 429));
    List<String> said = new ArrayList<>();
    Logger logger = Logger.getLogger(StoreReader.class.getName());
    Handler handler = new Sentences(said);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      assertThat(bundles()).hasSize(1);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }

    assertThat(pausesInSeconds).containsExactly(1L, 2L, 4L);
    assertThat(said).hasSize(3);
    assertThat(said.get(1))
        .isEqualTo(
            "The models are waited for: %s/bucket/models/models.json could not be read (the store answers 500); it is asked for again in 2 s, for 19 s more"
                .formatted(base()));
  }

  @Test
  void givesUpAfterItsPatienceAndSaysWhatToDo() {
    server.stop(0);

    assertThatThrownBy(this::bundles)
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(base() + "/bucket/models/models.json")
        .hasMessageContaining("could not be read within 20 s (java.net.ConnectException")
        .hasMessageContaining("once the store answers, start the statement again");
    assertThat(pausesInSeconds).containsExactly(1L, 2L, 4L, 8L);
  }

  /** Keeps what is logged. */
  private static final class Sentences extends Handler {

    private final List<String> said;

    Sentences(List<String> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord line) {
      said.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  // ----------------------------------------------------------------------------------- a bucket

  private S3Address bucket(Map<String, String> environment, String value) {
    return S3Address.of(
        value,
        new FunctionSettings(
            "fraud_score", Set.of(), Map.of("ksql.functions._global_.model.s3.endpoint", base())),
        environment::get);
  }

  @Test
  void readsABucketByRequestsThatAreSigned() throws IOException {
    isBucket = true;

    assertThat(bundles(bucket(ENVIRONMENT, "s3://bucket/models"))).hasSize(1);
  }

  @Test
  void aBucketThatIsAwayIsWaitedForToo() throws IOException {
    S3Address address = bucket(ENVIRONMENT, "s3://bucket/models");
    statuses.add(503);
    assertThat(bundles(address)).hasSize(1);
    assertThat(pausesInSeconds).containsExactly(1L);
    pausesInSeconds.clear();
    server.stop(0);

    assertThatThrownBy(() -> bundles(address))
        .hasMessageContaining("s3://bucket/models/models.json")
        .hasMessageContaining("could not be read within 20 s (java.net.ConnectException");
    assertThat(pausesInSeconds).containsExactly(1L, 2L, 4L, 8L);
  }

  @Test
  void aWrongKeyIsToldByNameAndIsInNoMessage() {
    isBucket = true;
    Map<String, String> wrong = new HashMap<>(ENVIRONMENT);
    wrong.put("AWS_SECRET_ACCESS_KEY", "another-secret");

    assertThatThrownBy(() -> bundles(bucket(wrong, "s3://bucket/models/")))
        .hasMessageContaining("s3://bucket/models/models.json")
        .hasMessageContaining("the store answers 403: AWS_ACCESS_KEY_ID must be allowed")
        .message()
        .doesNotContain("another-secret")
        .doesNotContain("Signature=");
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatThrownBy(() -> bucket(Map.of("AWS_ACCESS_KEY_ID", "AKID"), "s3://bucket/models"))
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not in the environment");
    assertThatThrownBy(() -> bucket(ENVIRONMENT, "s3:///models"))
        .hasMessageContaining("is no s3://bucket/prefix");
  }

  /** Signature version 4, worked out anew as the server of S3 does. */
  private static boolean isSigned(HttpExchange exchange) {
    Matcher given =
        Pattern.compile(
                "AWS4-HMAC-SHA256 Credential=AKID/(.*), ?SignedHeaders=(.*), ?Signature=(.*)")
            .matcher(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!given.matches()) {
      return false;
    }
    StringBuilder headers = new StringBuilder();
    for (String name : given.group(2).split(";", -1)) {
      headers.append(name).append(':');
      headers.append(exchange.getRequestHeaders().getFirst(name)).append('\n');
    }
    String canonical =
        String.join(
            "\n",
            "GET",
            exchange.getRequestURI().getRawPath(),
            "",
            headers,
            given.group(2),
            exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    String time = exchange.getRequestHeaders().getFirst("x-amz-date");
    String scope = time.substring(0, 8) + "/eu-x-1/s3/aws4_request";
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", time, scope, HexFormat.of().formatHex(sha256(canonical)));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return given.group(1).equals(scope)
        && given.group(2).contains("host")
        && HexFormat.of().formatHex(hmac(key, toSign)).equals(given.group(3));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
