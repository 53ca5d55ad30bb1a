package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The npm package ksqldb-client, which speaks HTTP/2, works with this engine unchanged. Skipped,
 * saying so, where there is no Node.js or where npm cannot get the package.
 */
@ExtendWith(TestCluster.class)
class KsqldbClientTest {

  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path WORK = Path.of("target/ksqldb-client");
  private static final int TIMEOUT_SECONDS = 120;

  @TempDir Path state;

  @Test
  void anApplicationOnNodeRunsStatementsAndQueries() throws IOException, InterruptedException {
    assumeTrue(succeeds(List.of("node", "--version"), Path.of(".")), "Node.js is not installed");
    assumeTrue(succeeds(List.of("npm", "--version"), Path.of(".")), "npm is not installed");
    copySources();
    assumeTrue(
        succeeds(List.of("npm", "ci", "--no-audit", "--no-fund"), WORK),
        "npm cannot get ksqldb-client: see " + WORK.resolve("output.txt").toAbsolutePath());

    List<String> steps;
    try (TestServer server = TestServer.start("npm_", state)) {
      String port = String.valueOf(server.server().uri().getPort());
      boolean ended = succeeds(List.of("node", "session.mjs", port), WORK);
      steps = Files.readAllLines(WORK.resolve("output.txt"));
      assertThat(ended).as("the session ended well: %s", steps).isTrue();
    }

    assertThat(steps)
        .containsExactlyInAnyOrder(
            "create\t{\"status\":200}",
            "create table\t{\"status\":200}",
            "list streams\t[{\"name\":\"NPM_PAYMENTS\",\"topic\":\"npm_payments\"}]",
            "insert\t{\"status\":200,\"acknowledged\":[{\"seq\":0,\"status\":\"ok\"}]}",
            "insert\t{\"status\":200,\"acknowledged\":[{\"seq\":0,\"status\":\"ok\"}]}",
            "insert\t{\"status\":200,\"acknowledged\":[{\"seq\":0,\"status\":\"ok\"}]}",
            "terminate\t{\"status\":200}",
            "push query\t{\"status\":200,\"rows\":[{\"CARD\":\"4111\",\"AMOUNT\":10.5},"
                + "{\"CARD\":\"4222\",\"AMOUNT\":99},{\"CARD\":\"4111\",\"AMOUNT\":2}]}",
            "pull query\t{\"status\":200,\"rows\":[{\"CARD\":\"4111\",\"N\":2,\"TOTAL\":12.5}]}",
            "unknown table\t{\"status\":400,"
                + "\"error\":\"Exception while preparing statement: NOWHERE does not exist.\"}",
            "unknown column\t{\"status\":400,"
                + "\"error\":\"Could not find STREAM/TABLE 'NOWHERE' in the Metastore\"}",
            "wrong insert\t{\"status\":200,"
                + "\"error\":\"Can't coerce the value of field AMOUNT into type DOUBLE\"}");
  }

  private static void copySources() throws IOException {
    Files.createDirectories(WORK);
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            WORK.resolve(file.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Runs a program to its end; what it says goes to output.txt where it runs, or nowhere. */
  private static boolean succeeds(List<String> command, Path directory)
      throws InterruptedException {
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.redirectOutput(
          directory.equals(WORK)
              ? ProcessBuilder.Redirect.to(WORK.resolve("output.txt").toFile())
              : ProcessBuilder.Redirect.DISCARD);
      process = builder.start();
    } catch (IOException e) {
      return false;
    }
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }
}
