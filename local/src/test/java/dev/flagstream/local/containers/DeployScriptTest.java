package dev.flagstream.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.settings.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make deploy-udf} with a {@code docker} that plays containers, and a java that does
 * nothing.
 */
class DeployScriptTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** Of two projects; a container is known by its name alone. */
  private static final String DOCKER =
      """
      #!/bin/sh
      echo "$*" >> calls
      case "$*" in
        *service=ksqldb-server\\ *publish=PORT*) echo ours-1 ;;
        *service=ksqldb-server-more\\ *project=ours*) echo ours-more-1; echo ours-more-2 ;;
        *.Name*) for last; do :; done; echo "/$last" ;;
        *project*ours-1) echo ours ;;
        *Health*)
          for last; do :; done
          sed -n 1p "$last"
          [ "$(wc -l < "$last")" = 1 ] || sed -i 1d "$last" ;;
        logs*) echo 'no such class' ;;
      esac
      """;

  @TempDir private Path folder;
  private final int port = FreePorts.pick().sql();

  @BeforeEach
  void prepare() throws IOException {
    write("project/udf/target/flagstream-udf.jar", "jar");
    Files.copy(
        HOME.resolve("udf/deploy.sh"),
        folder.resolve("project/udf/deploy.sh"),
        StandardCopyOption.COPY_ATTRIBUTES);
    program("docker", DOCKER.replace("PORT", Integer.toString(port)));
    program("java", "#!/bin/sh\necho \"java $*\" >> calls\n");
    for (String container : List.of("ours-1", "ours-more-1", "ours-more-2")) {
      write("project/" + container, "running starting\nrunning starting\nrunning healthy\n");
    }
  }

  @Test
  void restartsTheServersOfTheProjectOneAfterTheOther() throws Exception {
    End end = deploy(port);

    assertThat(end.code()).as(end.text()).isZero();
    assertThat(end.text()).contains("deployed udf/target/flagstream-udf.jar to data/cluster");
    assertThat(calls())
        .filteredOn(call -> call.startsWith("restart") || call.contains("Health"))
        .map(call -> call.replaceAll("inspect.* ", "looks at "))
        .containsExactly(
            "restart ours-1",
            "looks at ours-1",
            "looks at ours-1",
            "looks at ours-1",
            "restart ours-more-1",
            "looks at ours-more-1",
            "looks at ours-more-1",
            "looks at ours-more-1",
            "restart ours-more-2",
            "looks at ours-more-2",
            "looks at ours-more-2",
            "looks at ours-more-2");
    assertThat(calls())
        .contains("java -jar local/target/flagstream-local.jar functions --sql-port=" + port);
  }

  @Test
  void leavesTheOtherServersAloneIfTheFirstDoesNotStartWithTheJar() throws Exception {
    write("project/ours-1", "running starting\nrestarting unhealthy\n");

    End end = deploy(port);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text())
        .contains("ours-1 has not started with the new jar (it is restarting unhealthy)")
        .contains("  no such class");
    assertThat(calls()).contains("restart ours-1").doesNotContain("restart ours-more-1");
  }

  @Test
  void givesUpAServerThatStartsForEver() throws Exception {
    write("project/ours-1", "running starting\n");

    End end = deploy(port);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.text()).contains("(it is running starting)");
  }

  @Test
  void touchesNoContainerIfNoneHasThePort() throws Exception {
    End end = deploy(FreePorts.pick().kafka());

    assertThat(end.code()).as(end.text()).isZero();
    assertThat(end.text()).contains("deployed udf/target/flagstream-udf.jar to data/extensions");
    assertThat(calls()).noneMatch(call -> call.startsWith("restart"));
  }

  /** How the script ended, and all it said. */
  private record End(int code, String text) {}

  private End deploy(int sqlPort) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "udf/deploy.sh")
            .directory(folder.resolve("project").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("SQL_PORT", Integer.toString(sqlPort));
    builder.environment().put("POLL_SECONDS", "0.01");
    builder.environment().put("POLL_ATTEMPTS", "5");
    int code = builder.start().waitFor();
    return new End(code, Files.readString(folder.resolve("said")));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("project/calls"));
  }

  private void program(String name, String text) throws IOException {
    write("bin/" + name, text);
    assertThat(folder.resolve("bin").resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
