package dev.flagstream.local.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.connect.ConnectorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The users of the containers' MongoDB: what the script in the real shell asks of a server, which a
 * few lines stand in for. The local store has no users, and no mongod is at hand.
 */
class MongoUsersTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final long MINUTES_TO_FETCH_THE_SHELL = 5;
  private static final List<String> USERS =
      List.of("admin", "sink", "schema", "eraser", "reader", "analyst");

  /** Answers as a server without users does, or as one that has them, and remembers commands. */
  private static final String SERVER =
      """
      globalThis.asked = [];
      const there = %s;
      const answers = {
        connectionStatus: { authInfo: { authenticatedUsers: [] } },
        rolesInfo: { roles: there ? [{}] : [] },
        usersInfo: { users: there ? [{}] : [] },
      };
      const database = (name) => ({
        getSiblingDB: database,
        auth: (user, word) => asked.push([name, { auth: user, pwd: word }]),
        runCommand: (command) => {
          asked.push([name, command]);
          if (there && command.createUser === 'admin') throw Object.assign(new Error('no'), { code: 13 });
          return answers[Object.keys(command)[0]] ?? { ok: 1 };
        },
      });
      globalThis.stub = database;
      """;

  @TempDir private Path folder;

  private record Asked(String database, JsonNode command) {}

  @BeforeEach
  void makePasswords() throws IOException {
    for (String user : USERS) {
      Files.writeString(folder.resolve(user + ".password"), "word-of-" + user + "\n");
    }
  }

  @Test
  void everyUserMayDoWhatItsPartNeedsAndNothingElse() throws Exception {
    List<Asked> asked = usersScript(false);

    assertThat(privileges(asked, "flagstream_sink"))
        .isEqualTo(each(collectionsOfTheSinks(), "insert", "update", "remove"));
    assertThat(privileges(asked, "flagstream_eraser"))
        .isEqualTo(
            each(
                Set.of(
                    "scored_transactions",
                    "flagged_transactions",
                    "flagged_by_card_10s",
                    "verdicts"),
                "find",
                "remove"));
    assertThat(privileges(asked, "flagstream_analyst").get("verdicts"))
        .containsExactlyInAnyOrder("insert", "update");
    assertThat(privileges(asked, "flagstream_analyst").get(""))
        .contains("find")
        .doesNotContain("insert", "update", "remove");
    // Of no document.
    assertThat(privileges(asked, "flagstream_schema"))
        .isEqualTo(
            each(
                Set.of(""),
                "createCollection",
                "collMod",
                "createIndex",
                "dropIndex",
                "listIndexes",
                "listCollections"));
    assertThat(rolesOf(asked, "createUser"))
        .isEqualTo(
            Map.of(
                "admin", "root",
                "sink", "flagstream_sink",
                "schema", "flagstream_schema",
                "eraser", "flagstream_eraser",
                "analyst", "flagstream_analyst",
                "reader", "read"));
    assertThat(asked)
        .filteredOn(each -> each.command().has("createUser"))
        .allSatisfy(
            each ->
                assertThat(each.command().get("pwd").asText())
                    .isEqualTo("word-of-" + each.command().get("createUser").asText()));
    assertThat(asked)
        .filteredOn(each -> each.command().has("createRole"))
        .allSatisfy(
            each -> {
              assertThat(each.database()).isEqualTo("flagstream");
              assertThat(each.command().get("roles")).isEmpty();
            });
  }

  @Test
  void aSecondRunGivesTheUsersTheRightsAndPasswordsOfToday() throws Exception {
    List<Asked> asked = usersScript(true);

    assertThat(asked).extracting(Asked::command).noneMatch(command -> command.has("createRole"));
    assertThat(rolesOf(asked, "updateUser"))
        .containsOnlyKeys("sink", "schema", "eraser", "reader", "analyst");
    assertThat(privilegesOf(asked, "updateRole", "flagstream_sink"))
        .isEqualTo(each(collectionsOfTheSinks(), "insert", "update", "remove"));
    assertThat(asked)
        .anySatisfy(each -> assertThat(each.command().path("auth").asText()).isEqualTo("admin"));
  }

  @Test
  void commandsAskTheContainersAsAUserAndTheLocalStoreAsNobody() throws Exception {
    Path script = project("mongo-uri.sh");
    Path word = folder.resolve("project/data/cluster/mongodb/reader.password");
    Files.createDirectories(word.getParent());

    assertThat(said(script, Map.of(), "reader")).isEmpty();

    Files.writeString(word, "abc");
    playMongodbOn("27018");
    assertThat(said(script, Map.of("MONGO_PORT", "27018"), "reader"))
        .isEqualTo("mongodb://reader:abc@127.0.0.1:27018/?authSource=flagstream");
    assertThat(said(script, Map.of("MONGO_PORT", "27017"), "reader")).isEmpty();
    assertThat(said(script, Map.of("FLAGSTREAM_MONGO_URI", "mongodb://elsewhere"), "reader"))
        .isEqualTo("mongodb://elsewhere");
  }

  @Test
  void theKeyOfCardTokensIsThatOfTheContainersWhereTheirMongodbHasThePort() throws Exception {
    Path script = project("data-folder.sh");

    assertThat(said(script, Map.of())).isEqualTo("data");

    playMongodbOn("27018");
    assertThat(said(script, Map.of("MONGO_PORT", "27018"))).isEqualTo("data/cluster");
    assertThat(said(script, Map.of("MONGO_PORT", "27017"))).isEqualTo("data");
  }

  @Test
  void ledgerForgetAndScanTakeTheFolderOfWhatRunsUnlessOneIsGiven() throws Exception {
    for (String target : List.of("ledger", "forget", "scan")) {
      assertThat(dryRun(target)).contains("--data=\"$(connect/data-folder.sh)\"");
      assertThat(dryRun(target, "OPTIONS=--data=elsewhere"))
          .contains("--data=elsewhere")
          .doesNotContain("data-folder.sh");
    }
  }

  private String dryRun(String target, String... settings) throws Exception {
    List<String> words = new ArrayList<>(List.of("make", "--dry-run", target));
    words.addAll(List.of(settings));
    return output(new ProcessBuilder(words).directory(HOME.toFile()));
  }

  /** A project with the scripts that look for containers. */
  private Path project(String script) throws IOException {
    Path connect = Files.createDirectories(folder.resolve("project/connect"));
    for (String name : List.of(script, "mongodb-container.sh")) {
      Files.copy(
          HOME.resolve("connect").resolve(name),
          connect.resolve(name),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    return connect.resolve(script);
  }

  /** A docker with one container: MongoDB's, on a port. */
  private void playMongodbOn(String port) throws IOException {
    Path docker = folder.resolve("bin/docker");
    Files.createDirectories(docker.getParent());
    Files.writeString(
        docker,
        """
        #!/bin/sh
        case "$*" in *"label=com.docker.compose.service=mongodb "*"publish=%s") echo container ;; esac
        """
            .formatted(port));
    assertThat(docker.toFile().setExecutable(true)).isTrue();
  }

  private String said(Path script, Map<String, String> variables, String... arguments)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("bash", script.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeAll(List.of("MONGO_PORT", "FLAGSTREAM_MONGO_URI"));
    builder.environment().putAll(variables);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, ours) -> ours + old);
    return output(builder).strip();
  }

  private static Set<String> collectionsOfTheSinks() throws IOException {
    TreeSet<String> collections = new TreeSet<>();
    for (String place : List.of("connect", "connect/quality")) {
      for (String connector : ConnectorFiles.read(HOME.resolve(place)).values()) {
        collections.add(new ObjectMapper().readTree(connector).get("collection").asText());
      }
    }
    return collections;
  }

  private static Map<String, Set<String>> each(Set<String> collections, String... actions) {
    TreeMap<String, Set<String>> privileges = new TreeMap<>();
    collections.forEach(each -> privileges.put(each, Set.of(actions)));
    return privileges;
  }

  private static Map<String, Set<String>> privileges(List<Asked> asked, String role) {
    return privilegesOf(asked, "createRole", role);
  }

  private static Map<String, Set<String>> privilegesOf(
      List<Asked> asked, String command, String role) {
    JsonNode found =
        asked.stream()
            .map(Asked::command)
            .filter(each -> each.path(command).asText().equals(role))
            .findFirst()
            .orElseThrow();
    TreeMap<String, Set<String>> privileges = new TreeMap<>();
    for (JsonNode privilege : found.get("privileges")) {
      assertThat(privilege.at("/resource/db").asText()).isEqualTo("flagstream");
      HashSet<String> actions = new HashSet<>();
      privilege.get("actions").forEach(action -> actions.add(action.asText()));
      privileges.put(privilege.at("/resource/collection").asText(), actions);
    }
    return privileges;
  }

  /** The only role of each user. */
  private static Map<String, String> rolesOf(List<Asked> asked, String command) {
    TreeMap<String, String> roles = new TreeMap<>();
    for (Asked each : asked) {
      if (each.command().has(command)) {
        JsonNode given = each.command().get("roles");
        assertThat(given).hasSize(1);
        JsonNode role = given.get(0);
        roles.put(
            each.command().get(command).asText(),
            role.isTextual() ? role.asText() : role.get("role").asText());
      }
    }
    return roles;
  }

  /** What the script asks of a server. */
  private List<Asked> usersScript(boolean usersAreThere) throws Exception {
    List<String> evaluations =
        List.of(
            SERVER.formatted(usersAreThere),
            "{ const db = stub('test');\n"
                + Files.readString(HOME.resolve("connect/mongodb/users.js"))
                + "\n}",
            "print(JSON.stringify(asked))");
    String printed = shell(evaluations);
    assumeTrue(
        !printed.isEmpty(), "No MongoDB shell: neither mongosh nor an npx that can fetch it");
    String last = printed.lines().reduce((first, second) -> second).orElse("");
    assertThat(printed)
        .contains("sink may insert, update, remove")
        .doesNotContain("word-of-sink\n");
    JsonNode asked = new ObjectMapper().readTree(last);
    return StreamSupport.stream(asked.spliterator(), false)
        .map(each -> new Asked(each.get(0).asText(), each.get(1)))
        .toList();
  }

  /** What the shell prints without a server; empty if there is no shell. */
  private String shell(List<String> evaluations) throws Exception {
    String npmPackage =
        Files.readString(HOME.resolve("connect/mongosh.sh"))
            .replaceAll("(?s).*npm_package=(\\S+).*", "$1");
    List<String> words =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "if command -v mongosh > /dev/null; then exec mongosh \"$@\"; fi; exec npx --yes "
                    + npmPackage
                    + " \"$@\"",
                "shell",
                "--nodb",
                "--quiet"));
    evaluations.forEach(each -> words.addAll(Arrays.asList("--eval", each)));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("PASSWORDS", folder.toString());
    return output(builder);
  }

  private String output(ProcessBuilder builder) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        builder
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(MINUTES_TO_FETCH_THE_SHELL, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return "";
    }
    return Files.readString(output);
  }
}
