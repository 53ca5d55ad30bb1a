package dev.flagstream.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code make up}, whose script runs with a {@code docker} that plays states of containers, one
 * after the other each time it is asked.
 */
class ClusterScriptTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final String ALL_CREATED =
      """
      kafka created - 0
      mongodb created - 0
      ksqldb-server created - 0
      ksql-scripts created - 0
      connect created - 0
      connectors created - 0
      connect-watchdog created - 0
      generator created - 0
      """;
  private static final String SERVERS_READY =
      """
      kafka running healthy 0
      mongodb running healthy 0
      ksqldb-server running healthy 0
      connect running healthy 0
      """;
  private static final String SERVERS_START =
      """
      kafka running healthy 0
      mongodb running healthy 0
      ksqldb-server running starting 0
      connect running starting 0
      ksql-scripts created - 0
      connectors created - 0
      """;
  private static final String SCRIPTS_RUN =
      SERVERS_READY + "ksql-scripts running - 0\nconnectors created - 0\n";
  private static final String ALL_RUNS =
      SERVERS_READY
          + """
          ksql-scripts exited - 0
          connectors exited - 0
          connect-watchdog running - 0
          dashboard running healthy 0
          generator running - 0
          """;

  @TempDir private Path folder;
  private Path project;
  private Path docker;
  private int states;

  /** A project as far as the script looks at it, and the docker that it finds on its PATH. */
  @BeforeEach
  void prepare() throws IOException {
    project = folder.resolve("project");
    docker = folder.resolve("docker");
    write("project/udf/target/flagstream-udf.jar", "jar");
    write("project/local/target/flagstream-local.jar", "jar");
    write("project/local/target/lib/library.jar", "jar");
    write("project/models/forest/model.zip", "zip");
    for (int number = 1; number <= 10; number++) {
      write("project/ksql/%02d-script.sql".formatted(number), "SHOW STREAMS;");
    }
    for (String sink : List.of("a", "b", "c", "d")) {
      write("project/connect/" + sink + ".json", "{}");
    }
    copy(HOME.resolve("connect/cluster.sh"), project.resolve("connect/cluster.sh"));
    copy(
        HOME.resolve("local/src/test/resources/dev/flagstream/local/containers/docker.sh"),
        folder.resolve("bin/docker"));
    write("docker/up-exit", "0");
  }

  @Test
  void saysWhatItWaitsForAndEndsWithTheAddressesAndTheNextCommands() throws Exception {
    states(ALL_CREATED, SERVERS_START, SERVERS_START, SCRIPTS_RUN, SCRIPTS_RUN, ALL_RUNS);
    log("ksql-scripts", "ksql-scripts-1  | applied 01-a.sql (1 of 10)\n".repeat(4));
    log("connectors", "connectors-1  | registered a\n".repeat(4));

    End end = up();

    assertThat(end.code()).as(end.out() + end.err()).isZero();
    assertThat(end.out().lines().map(String::strip))
        .containsSubsequence(
            "kafka is ready",
            "ksqldb-server is ready",
            "ksql-scripts: 4 of 10 applied",
            "connectors: 4 of 4 registered",
            "generator runs")
        .anyMatch(line -> line.matches("Everything runs after \\d+ s\\."))
        .contains(
            "Kafka    127.0.0.1:9092",
            "MongoDB  mongodb://127.0.0.1:27017 as reader, password in"
                + " data/cluster/mongodb/reader.password",
            "The page http://127.0.0.1:8080")
        .anyMatch(line -> line.startsWith("Next: make windows"))
        .doesNotHaveDuplicates();
    assertThat(calls())
        .containsSubsequence(
            "compose rm --force",
            "compose up --no-start --build --scale ksqldb-server-more=0 --scale connect-more=0",
            "compose up --detach --scale ksqldb-server-more=0 --scale connect-more=0");
  }

  @Test
  void namesAServiceThatEndsWithItsLastLinesAndWhatToDo() throws Exception {
    states(
        ALL_CREATED,
        SERVERS_START,
        SERVERS_START.replace("ksqldb-server running starting 0", "ksqldb-server exited - 137"));
    log("ksqldb-server", "ksqldb-server-1  | out of memory\n");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err())
        .contains(
            "ksqldb-server is exited, with exit code 137. The end of its log:",
            "  ksqldb-server-1  | out of memory",
            "want of memory");
    assertThat(calls()).contains("compose logs --no-color --tail=20 ksqldb-server");
  }

  @Test
  void namesAServiceThatIsUnhealthy() throws Exception {
    states(SERVERS_START.replace("connect running starting", "connect running unhealthy"));
    log("connect", "connect-1  | NoSuchMethodError\n");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err())
        .contains("connect runs, but does not answer its health check", "NoSuchMethodError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"restarting - 1 3", "running starting 0 3"})
  void stopsAServerThatEndsAgainAndAgainInsteadOfWaitingForIt(String state) throws Exception {
    states(
        SERVERS_START,
        SERVERS_START.replace("ksqldb-server running starting 0", "ksqldb-server " + state));
    log("ksqldb-server", "ksqldb-server-1  | no such folder\n");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("ksqldb-server ends again and again", "no such folder");
    assertThat(calls()).contains("compose stop ksqldb-server");
  }

  @Test
  void takesAServerForReadyThatWasStartedAgainInTheWeeksBefore() throws Exception {
    states(ALL_RUNS.replace("kafka running healthy 0", "kafka running healthy 0 2"));

    End end = up();

    assertThat(end.code()).as(end.err()).isZero();
    assertThat(end.out()).contains("kafka is ready");
  }

  @Test
  void passesOnWhatTheServerRefused() throws Exception {
    states(SCRIPTS_RUN, SCRIPTS_RUN.replace("scripts running - 0", "scripts exited - 1"));
    log(
        "ksql-scripts",
        "ksql-scripts-1  | 07-scored-transactions.sql was refused: no such function\n");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err())
        .contains(
            "ksql-scripts ended with exit code 1",
            "07-scored-transactions.sql was refused",
            "run 'make up' again");
  }

  @Test
  void passesOnWhatComposeSaysIfItCannotStartAContainer() throws Exception {
    states(ALL_CREATED, ALL_CREATED);
    write("docker/up-exit", "1");
    write("docker/up-says", "Bind for 127.0.0.1:9092 failed: port is already allocated\n");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err())
        .contains("could not start everything", "port is already allocated", "KAFKA_PORT=");
  }

  @Test
  void startsMoreServersAndWorkersWithWhatTheyNeed() throws Exception {
    states(ALL_RUNS + "ksqldb-server-more running healthy 0\nconnect-more running healthy 0\n");

    End end = script("KSQLDB_SERVERS=3 CONNECT_WORKERS=2", "up");

    assertThat(end.code()).as(end.err()).isZero();
    assertThat(calls())
        .contains("compose up --detach --scale ksqldb-server-more=2 --scale connect-more=1")
        .contains("standby true 1");
    assertThat(end.out()).contains("servers: 3", "workers: 2", "ksqldb-server-more is ready");
  }

  @Test
  void handsFurtherOptionsToCompose() throws Exception {
    states(ALL_RUNS);

    End end = script("", "up --pull always --scale generator=0");

    assertThat(end.code()).as(end.err()).isZero();
    assertThat(calls())
        .containsSubsequence(
            "compose up --no-start --build --scale ksqldb-server-more=0 --scale connect-more=0"
                + " --pull always --scale generator=0",
            "compose up --detach --scale ksqldb-server-more=0 --scale connect-more=0"
                + " --pull always --scale generator=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5", "100"})
  void refusesWhatIsNoNumberOfServers(String servers) throws Exception {
    End end = script("KSQLDB_SERVERS=" + servers, "up");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).contains("KSQLDB_SERVERS=" + servers);
  }

  @Test
  void makesWhatTheContainersMountReadableForTheirUsersWhateverTheMask() throws Exception {
    states(ALL_RUNS);
    chmod("a+rX", project);

    End end = script("", "up", "umask 077");

    assertThat(end.code()).as(end.err()).isZero();
    assertThat(modes("data/cluster", "data/cluster/extensions", "data/cluster/secrets"))
        .containsExactly("rwx------", "rwxr-xr-x", "rwxr-xr-x");
    assertThat(
            modes(
                "data/cluster/extensions/flagstream-udf.jar",
                "data/cluster/secrets/card-token.key"))
        .containsExactly("rw-r--r--", "rw-r--r--");
    assertThat(Files.readString(project.resolve("data/cluster/secrets/card-token.key")))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void keepsTheKeyOfTheFirstStart() throws Exception {
    states(ALL_RUNS);
    write("project/data/cluster/secrets/card-token.key", "the first key");
    Files.setPosixFilePermissions(
        project.resolve("data/cluster/secrets/card-token.key"),
        PosixFilePermissions.fromString("rw-------"));

    assertThat(up().code()).isZero();

    assertThat(Files.readString(project.resolve("data/cluster/secrets/card-token.key")))
        .isEqualTo("the first key");
    assertThat(modes("data/cluster/secrets/card-token.key")).containsExactly("rw-r--r--");
  }

  @Test
  void makesTheSecretOfTheWebhookOnceAndHandsOnWhoseCertificatesAreTrusted() throws Exception {
    states(ALL_RUNS);
    write("project/our-ca.pem", "the certificates");
    String secret = "data/cluster/webhook/webhook.secret";

    End first = script("WEBHOOK_URL=https://alerts.example.com WEBHOOK_CA=our-ca.pem", "up");

    assertThat(first.code()).as(first.err()).isZero();
    String made = Files.readString(project.resolve(secret));
    assertThat(made).matches("whsec_[A-Za-z0-9+/]{43}=\n");
    assertThat(first.out()).contains("made the secret of the webhook " + secret);
    assertThat(modes(secret, "data/cluster/webhook/ca.pem"))
        .containsExactly("rw-r--r--", "rw-r--r--");
    assertThat(Files.readString(project.resolve("data/cluster/webhook/ca.pem")))
        .isEqualTo("the certificates");
    assertThat(calls()).contains("webhook trusts /run/flagstream/ca.pem");

    End second = script("WEBHOOK_URL=https://alerts.example.com", "up");

    assertThat(second.out()).doesNotContain("made the secret");
    assertThat(Files.readString(project.resolve(secret))).isEqualTo(made);
    assertThat(calls()).contains("webhook trusts ");
  }

  @Test
  void makesNoSecretWithoutAWebhook() throws Exception {
    states(ALL_RUNS);

    assertThat(up().code()).isZero();

    assertThat(project.resolve("data/cluster/webhook")).isEmptyDirectory();
  }

  @Test
  void makesThePasswordsOfMongodbsUsersOnceAndHandsOnWhatEachPartNeeds() throws Exception {
    states(ALL_RUNS);
    Path passwords = project.resolve("data/cluster/mongodb");

    End first = up();

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("made the passwords of MongoDB's users in data/cluster/mongodb");
    for (String user : List.of("admin", "schema", "sink", "reader", "analyst", "eraser")) {
      String made = Files.readString(passwords.resolve(user + ".password"));
      assertThat(made).matches("[0-9a-f]{48}");
      assertThat(first.out()).doesNotContain(made);
      if (List.of("schema", "sink", "reader").contains(user)) {
        assertThat(calls())
            .anyMatch(call -> call.equals("mongodb asked by " + user + " with " + made));
      }
    }
    String sinks = Files.readString(passwords.resolve("sink.password"));

    End second = up();

    assertThat(second.out()).doesNotContain("made the passwords");
    assertThat(Files.readString(passwords.resolve("sink.password"))).isEqualTo(sinks);
  }

  @Test
  void makesThePasswordOfMysqlOnceAndHandsItOn() throws Exception {
    states(ALL_RUNS);
    String file = "data/cluster/mysql/password";

    End first = script("SINKS=mongodb,mysql", "up");

    assertThat(first.code()).as(first.err()).isZero();
    String made = Files.readString(project.resolve(file));
    assertThat(made).matches("[0-9a-f]{48}");
    assertThat(first.out()).contains("made the password of MySQL's user flagstream " + file);
    assertThat(first.out()).contains("MySQL    jdbc:mysql://127.0.0.1:").doesNotContain(made);
    assertThat(calls()).contains("mysql with " + made + " in profiles mysql");

    End second = script("SINKS=mongodb,mysql", "up");

    assertThat(second.out()).doesNotContain("made the password");
    assertThat(Files.readString(project.resolve(file))).isEqualTo(made);
  }

  @Test
  void makesTheCredentialsOfTheLakeOnceAndHandsThemOn() throws Exception {
    states(ALL_RUNS + "minio running healthy 0\nlake-bucket exited - 0\n");
    String file = "data/cluster/lake/credentials";

    End first = script("SINKS=mongodb,mysql,lake", "up");

    assertThat(first.code()).as(first.err()).isZero();
    String credentials = Files.readString(project.resolve(file));
    String secret = credentials.replaceAll("(?s).*secret_access_key = ([0-9a-f]{48})\n", "$1");
    assertThat(credentials)
        .isEqualTo(
            "[default]\naws_access_key_id = flagstream\naws_secret_access_key = " + secret + "\n");
    assertThat(Files.readString(project.resolve("data/cluster/lake/minio.env")))
        .isEqualTo("MINIO_ROOT_USER=flagstream\nMINIO_ROOT_PASSWORD=" + secret + "\n");
    assertThat(first.out())
        .contains("made the credentials of the lake " + file)
        .contains("AWS_SHARED_CREDENTIALS_FILE=" + file, "lake-bucket is done")
        .doesNotContain(secret);
    assertThat(calls())
        .contains(
            "lake with " + secret + " in profiles mysql,lake by ,/opt/flagstream/plugins-lake");

    End second = script("SINKS=mongodb,lake", "up");

    assertThat(second.out()).doesNotContain("made the credentials");
    assertThat(Files.readString(project.resolve(file))).isEqualTo(credentials);
  }

  @Test
  void refusesStoresThatTheContainersDoNotHave() throws Exception {
    End end = script("SINKS=mongodb,postgresql", "up");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).contains("the containers have mysql");
    assertThat(script("SINKS=mysql", "up").err()).contains("leaves out mongodb");
    assertThat(script("SINKS=mongodb,iceberg", "up").err()).contains("there is no store 'iceberg'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "/opt/models", "http://host/models", "s3://", "S3://bucket"})
  void refusesModelsThatAContainerCannotRead(String place) throws Exception {
    End end = script("MODEL_DIR=" + place, "up");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).contains("MODEL_DIR=" + place + " is no place", "s3://bucket/prefix");
  }

  @Test
  void handsTheCredentialsOfItsCallerToKsqldbOnlyForModelsInABucket() throws Exception {
    states(ALL_RUNS);
    String credentials = "AWS_ACCESS_KEY_ID=our-key AWS_REGION=eu-central-1 ";

    assertThat(script(credentials, "up").code()).isZero();
    assertThat(script(credentials + "MODEL_DIR=https://models.example.com", "up").code()).isZero();
    assertThat(calls()).contains("models with  in ").noneMatch(call -> call.contains("our-key"));

    assertThat(script(credentials + "MODEL_DIR=s3://bucket/models", "up").code()).isZero();
    assertThat(calls()).contains("models with our-key in eu-central-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000/alerts",
        "https://localhost/alerts",
        "http://[::1]:9000/alerts",
        "http://me@127.1.2.3/alerts"
      })
  void refusesAReceiverOnThisMachineWhichNoContainerReaches(String address) throws Exception {
    End end = script("WEBHOOK_URL='" + address + "'", "up");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).contains("WEBHOOK_URL=" + address, "is the container itself");
  }

  @Test
  void refusesCertificatesThatItCannotRead() throws Exception {
    End end = script("WEBHOOK_URL=https://alerts.example.com WEBHOOK_CA=nowhere.pem", "up");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).contains("WEBHOOK_CA=nowhere.pem cannot be read");
  }

  @Test
  void saysWhichMountedFilesTheContainersCouldNotRead() throws Exception {
    Files.setPosixFilePermissions(
        project.resolve("ksql/03-script.sql"), PosixFilePermissions.fromString("rw-------"));

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("ksql/03-script.sql", "chmod -R o+rX ksql");
    assertThat(calls()).doesNotContain("compose rm --force");
  }

  @Test
  void saysSoOfFilesOfAnOverrideToo() throws Exception {
    write("project/deploy/create-topics.sh", "true");
    Files.setPosixFilePermissions(
        project.resolve("deploy/create-topics.sh"), PosixFilePermissions.fromString("rw-------"));
    states(ALL_RUNS);

    assertThat(up().code()).isZero();
    End end = script("COMPOSE_FILE=docker-compose.yml:deploy/three-brokers.yml", "up");

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("deploy/create-topics.sh");
  }

  @Test
  void saysThatNoDockerAnswers() throws Exception {
    write("docker/away", "");

    End end = up();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("No Docker engine answers", "make demo");
  }

  @Test
  void saysOfAFreshCloneThatNothingRunsYet() throws Exception {
    write("docker/away", "");
    Files.delete(project.resolve("local/target/flagstream-local.jar"));

    for (String question : List.of("ps", "logs")) {
      End end = script("", question);
      assertThat(end.code()).isEqualTo(1);
      assertThat(end.err()).contains("make demo", "make up").doesNotContain("jarfile");
    }
  }

  @Test
  void keepsTheDataUnlessToldOtherwise() throws Exception {
    assertThat(script("", "down").code()).isZero();
    assertThat(script("", "down --volumes").code()).isZero();

    assertThat(calls()).containsSubsequence("compose down", "compose down --volumes");
  }

  /** How a script ended. */
  private record End(int code, String out, String err) {}

  private End up() throws IOException, InterruptedException {
    return script("", "up");
  }

  private End script(String variables, String arguments) throws IOException, InterruptedException {
    return script(variables, arguments, ":");
  }

  private End script(String variables, String arguments, String before)
      throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder(
                "bash",
                "-c",
                before + "; exec env " + variables + " bash connect/cluster.sh " + arguments)
            .directory(project.toFile());
    process.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    process.environment().put("PLAY", docker.toString());
    process.environment().put("POLL_SECONDS", "0.05");
    for (String setting :
        List.of("KAFKA_PORT", "SQL_PORT", "CONNECT_PORT", "MONGO_PORT", "DASHBOARD_PORT", "RATE")) {
      process.environment().remove(setting);
    }
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process running = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new End(running.waitFor(), Files.readString(out), Files.readString(err));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(docker.resolve("calls"));
  }

  private List<String> modes(String... paths) throws IOException {
    List<String> modes = new ArrayList<>();
    for (String path : paths) {
      modes.add(
          PosixFilePermissions.toString(Files.getPosixFilePermissions(project.resolve(path))));
    }
    return modes;
  }

  private void states(String... each) throws IOException {
    for (String state : each) {
      write("docker/states/%03d".formatted(++states), state);
    }
  }

  private void log(String service, String text) throws IOException {
    write("docker/logs/" + service, text);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void chmod(String mode, Path path) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("chmod", "-R", mode, path.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
