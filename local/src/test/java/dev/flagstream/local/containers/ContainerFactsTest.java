package dev.flagstream.local.containers;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Holds docker-compose.yml, the Dockerfiles and the scripts in containers to docs/containers.md.
 */
class ContainerFactsTest {

  private static final Path HOME = Path.of("..");
  private static final Pattern FROM = Pattern.compile("^FROM (\\S+)", Pattern.MULTILINE);

  private static Map<String, Map<?, ?>> services;
  private static Map<String, ImageFacts> facts;

  @BeforeAll
  static void read() throws IOException {
    services = new TreeMap<>(servicesOf(HOME.resolve("docker-compose.yml")));
    Map<String, Map<?, ?>> base = Map.copyOf(services);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(HOME.resolve("deploy"), "*.yml")) {
      for (Path file : files) {
        servicesOf(file)
            .forEach(
                (name, service) ->
                    services.put(
                        name + " in " + file.getFileName(),
                        withItsImage(service, base.getOrDefault(name, Map.of()))));
      }
    }
    facts = ImageFacts.readFrom(HOME.resolve("docs/containers.md"));
  }

  private static Map<String, Map<?, ?>> servicesOf(Path file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> whole = yaml.load(Files.readString(file));
    TreeMap<String, Map<?, ?>> found = new TreeMap<>();
    ((Map<?, ?>) whole.get("services"))
        .forEach((name, service) -> found.put((String) name, (Map<?, ?>) service));
    return found;
  }

  /** What an override file leaves out stays as it is. */
  private static Map<?, ?> withItsImage(Map<?, ?> service, Map<?, ?> overridden) {
    Map<Object, Object> merged = new LinkedHashMap<>(service);
    for (String key : List.of("image", "build")) {
      if (overridden.containsKey(key)) {
        merged.putIfAbsent(key, overridden.get(key));
      }
    }
    return merged;
  }

  @Test
  void knowsTheImageOfEveryService() throws IOException {
    for (String service : services.keySet()) {
      assertThat(facts).as("images of docs/containers.md").containsKey(imageOf(service));
    }
  }

  /** The image of a service, or what its Dockerfile begins with. */
  private static String imageOf(String service) throws IOException {
    String build = (String) services.get(service).get("build");
    if (build == null) {
      return (String) services.get(service).get("image");
    }
    Matcher from = FROM.matcher(Files.readString(HOME.resolve(build).resolve("Dockerfile")));
    assertThat(from.find()).isTrue();
    return from.group(1);
  }

  private static ImageFacts factsOf(String service) throws IOException {
    return facts.get(imageOf(service));
  }

  @Test
  void mountsNamedVolumesOnlyWhereTheUserOfTheImageMayWrite() throws IOException {
    TreeMap<String, String> named = new TreeMap<>();
    for (String service : services.keySet()) {
      for (Mount mount : mounts(service)) {
        if (!mount.source().startsWith("./")) {
          named.put(mount.source(), mount.target());
          assertThat(factsOf(service).mayWrite(mount.target()))
              .as("%s may write in its volume %s", service, mount.target())
              .isTrue();
        }
      }
    }
    assertThat(named)
        .containsKeys("kafka-2-data", "kafka-3-data", "mongodb-2-data", "mongodb-3-data")
        .containsEntry("kafka-data", environment("kafka").get("KAFKA_LOG_DIRS"))
        .containsEntry("mongodb-data", "/data/db")
        .containsEntry(
            "ksqldb-state", environment("ksqldb-server").get("KSQL_KSQL_STREAMS_STATE_DIR"));
  }

  @Test
  void keepsTheStateOfEveryServerWhereItMayWrite() throws IOException {
    for (String service : List.of("ksqldb-server", "ksqldb-server-more")) {
      String state = environment(service).get("KSQL_KSQL_STREAMS_STATE_DIR");
      assertThat(factsOf(service).mayWrite(state)).as("%s in %s", state, service).isTrue();
    }
    // Two servers in one folder would lock each other out.
    assertThat(mounts("ksqldb-server-more")).noneMatch(mount -> mount.source().contains("state"));
  }

  @Test
  void mountsFilesReadOnlyAndOverNothingThatTheImageWrites() throws IOException {
    for (String service : services.keySet()) {
      for (Mount mount : mounts(service)) {
        if (mount.source().startsWith("./")) {
          assertThat(mount.readOnly()).as("%s of %s", mount, service).isTrue();
          assertThat(factsOf(service).mayWrite(mount.target()))
              .as("%s hides what the image of %s writes", mount, service)
              .isFalse();
        }
      }
    }
  }

  @Test
  void readsFilesOnlyFromWhatIsMounted() {
    for (String service : List.of("ksqldb-server", "ksqldb-server-more")) {
      Map<String, String> settings = environment(service);
      ArrayList<String> paths =
          Pattern.compile("=(?:\\$\\{\\w+:-)?(/[^\\s}]+)")
              .matcher(settings.get("KSQL_OPTS"))
              .results()
              .map(match -> match.group(1))
              .collect(toCollection(ArrayList::new));
      paths.add(settings.get("KSQL_KSQL_EXTENSION_DIR"));

      assertThat(paths).hasSize(3);
      for (String path : paths) {
        assertThat(mounts(service))
            .as("where %s finds %s", service, path)
            .anyMatch(mount -> path.startsWith(mount.target()));
      }
    }
  }

  @Test
  void callsOnlyWhatTheImageHas() throws IOException {
    for (String service : services.keySet()) {
      ImageFacts known = factsOf(service);
      for (String command : commands(service)) {
        assertThat(known.commands()).as("commands of %s", service).contains(command);
        assertThat(known.missing()).as("what %s lacks", service).doesNotContain(command);
      }
    }
  }

  /** What a service's entry point, command and health check call, and the scripts that they run. */
  private static List<String> commands(String service) throws IOException {
    List<String> commands = new ArrayList<>();
    for (String key : List.of("entrypoint", "command")) {
      if (services.get(service).get(key) instanceof List<?> words
          && !words.isEmpty()
          && !isOption(words.get(0))) {
        commands.addAll(called(service, words));
      }
    }
    Map<?, ?> check = (Map<?, ?>) services.get(service).get("healthcheck");
    if (check != null) {
      List<?> test = (List<?>) check.get("test");
      if ("CMD-SHELL".equals(test.get(0))) {
        commands.addAll(
            ScriptCommands.of(
                ((String) test.get(1)).replaceAll("[A-Z_]+=('[^']*'|\\S+) ", "").strip()));
      } else {
        commands.addAll(called(service, test.subList(1, test.size())));
      }
    }
    return commands;
  }

  /** The generator's arguments go to the entry point of its image. */
  private static boolean isOption(Object word) {
    return ((String) word).startsWith("--");
  }

  private static List<String> called(String service, List<?> words) throws IOException {
    List<String> commands = new ArrayList<>();
    commands.add((String) words.get(0));
    if (words.size() > 1 && "-c".equals(words.get(1))) {
      commands.addAll(ScriptCommands.of(((String) words.get(2)).replace("$$", "$")));
    } else if (words.size() > 1 && ((String) words.get(1)).endsWith(".sh")) {
      commands.addAll(
          ScriptCommands.of(Files.readString(onThisMachine(service, (String) words.get(1)))));
    }
    return commands;
  }

  private static Path onThisMachine(String service, String path) {
    return mounts(service).stream()
        .filter(mount -> path.startsWith(mount.target()))
        .findFirst()
        .map(mount -> HOME.resolve(mount.source() + path.substring(mount.target().length())))
        .orElseThrow(() -> new AssertionError(path + " is not mounted in " + service));
  }

  @Test
  void startsEveryServerAgainThatEndsAndNothingElse() {
    for (String service : services.keySet()) {
      Map<?, ?> settings = services.get(service);
      if (settings.containsKey("image")) {
        boolean endsByItself =
            service.matches(
                "(ksql-scripts|connectors|collections|topics|lake-bucket|mongodb-(set|users)).*");
        Object base = services.getOrDefault(service.replaceFirst(" in .*", ""), settings);
        assertThat(((Map<?, ?>) base).get("restart"))
            .as("restart of %s", service)
            .isEqualTo(endsByItself ? "no" : "unless-stopped");
      }
    }
  }

  @Test
  void replacesTheHealthCheckThatCallsWhatIsNotThere() throws IOException {
    for (String service : services.keySet()) {
      if (imageOf(service).startsWith("confluentinc/cp-kafka-connect")) {
        assertThat(services.get(service).containsKey("healthcheck") || service.contains(" in "))
            .as("health check of %s", service)
            .isTrue();
      }
    }
  }

  @Test
  void saysInVariablesOnlyWhatVariablesCanSay() {
    for (String service : services.keySet()) {
      List<String> names =
          environment(service).keySet().stream().filter(name -> name.startsWith("KSQL_")).toList();
      // Of a setting such as ksql.functions.card_token.key.file, ksqlDB would read another name.
      assertThat(names).noneMatch(name -> name.startsWith("KSQL_KSQL_FUNCTIONS"));
    }
    assertThat(environment("ksqldb-server").get("KSQL_OPTS"))
        .contains("-Dksql.functions.card_token.key.file=");
  }

  @Test
  void leavesEveryJvmRoomBesideItsHeap() {
    Map<String, String> heaps =
        Map.of(
            "kafka",
            "KAFKA_HEAP_OPTS",
            "ksqldb-server",
            "KSQL_HEAP_OPTS",
            "connect",
            "KAFKA_HEAP_OPTS");
    assertThat((List<?>) services.get("dashboard").get("entrypoint")).anyMatch("-Xmx160m"::equals);
    assertThat(services.get("dashboard").get("mem_limit")).isEqualTo("384m");
    heaps.forEach(
        (service, variable) -> {
          String heap = environment(service).get(variable).replaceAll(".*-Xmx(\\w+).*", "$1");
          String limit = (String) services.get(service).get("mem_limit");
          assertThat(megabytes(limit)).as(service).isGreaterThanOrEqualTo(2 * megabytes(heap));
        });
  }

  private static long megabytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("g") ? number * 1024 : number;
  }

  @Test
  void buildsImagesWhoseUsersCanReadWhatIsCopiedIntoThem() throws IOException {
    String generator = Files.readString(HOME.resolve("generator/Dockerfile"));
    String connect = Files.readString(HOME.resolve("connect/Dockerfile"));

    assertThat(generator)
        .contains("USER flagstream")
        .doesNotContainPattern("(?m)^COPY (?!--chown=flagstream)");
    assertThat(connect)
        .doesNotContainPattern("(?m)^USER ")
        .doesNotContainPattern("(?m)^COPY (?!--chown=appuser)");
  }

  @Test
  void runsNothingOfOursAsRoot() {
    for (String service : List.of("ksql-scripts", "dashboard", "metrics", "lake-bucket")) {
      assertThat(services.get(service).get("user"))
          .asString()
          .as(service)
          .matches("[1-9][0-9]*:[1-9][0-9]*");
    }
  }

  @Test
  void givesTheDashboardOnlyAFolderThatItMayWriteEvenThoughItsFilesAreReadOnly()
      throws IOException {
    assertThat(services.get("dashboard").get("tmpfs")).isEqualTo(List.of("/tmp:size=64m"));
    assertThat(factsOf("dashboard").mayWrite("/tmp")).isTrue();
    assertThat((List<?>) services.get("dashboard").get("entrypoint"))
        .anyMatch("--data=/tmp"::equals);
  }

  /** A line of a service's volumes. */
  private record Mount(String source, String target, boolean readOnly) {
    static Mount of(String line) {
      String[] parts = line.split(":", -1);
      return new Mount(parts[0], parts[1], parts.length > 2 && "ro".equals(parts[2]));
    }
  }

  private static List<Mount> mounts(String service) {
    return Optional.ofNullable((List<?>) services.get(service).get("volumes")).stream()
        .flatMap(List::stream)
        .map(line -> Mount.of((String) line))
        .toList();
  }

  private static Map<String, String> environment(String service) {
    Object environment = services.get(service).get("environment");
    return environment == null
        ? Map.of()
        : ((Map<?, ?>) environment)
            .entrySet().stream()
                .collect(
                    toMap(each -> (String) each.getKey(), each -> String.valueOf(each.getValue())));
  }
}
