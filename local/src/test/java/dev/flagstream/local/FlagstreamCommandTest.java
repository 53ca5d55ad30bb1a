package dev.flagstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagstreamCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void namesATakenPortAndStartsNothing() throws Exception {
    Ports ports = FreePorts.pick();
    try (ServerSocket taken =
        new ServerSocket(ports.connect(), 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "demo",
              "--data=" + folder.resolve("data"),
              "--kafka-port=" + ports.kafka(),
              "--sql-port=" + ports.sql(),
              "--connect-port=" + taken.getLocalPort(),
              "--mongo-port=" + ports.mongo());

      assertThat(code).isEqualTo(2);
      assertThat(err.toString())
          .contains("Port " + taken.getLocalPort(), "Kafka Connect", "--connect-port");
      assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }
  }

  @Test
  void refusesARateThatIsNone() {
    assertThat(run("demo", "--rate=many")).isEqualTo(2);
    assertThat(err.toString()).contains("'many' is not a rate");
  }

  @Test
  void refusesADurationThatIsNone() {
    for (String duration : List.of("-1", "0", "abc")) {
      assertThat(run("demo", "--duration=" + duration)).as(duration).isEqualTo(2);
      assertThat(err.toString()).contains("'" + duration + "' is not a duration");
    }
  }

  @Test
  void refusesNoWindows() {
    for (String last : List.of("0", "-3")) {
      assertThat(run("windows", "--last=" + last)).as(last).isEqualTo(2);
      assertThat(err.toString()).contains("--last " + last + ": give how many windows");
    }
  }

  @Test
  void refusesAPortThatIsNone() {
    for (String port : List.of("0", "99999", "-1", "kafka")) {
      assertThat(run("demo", "--kafka-port=" + port)).as(port).isEqualTo(2);
      assertThat(err.toString()).contains("'" + port + "' is not a port; a port lies between");
    }
  }

  @Test
  void refusesVerdictsOfNobodyAndAUserWhoMayGiveNone() {
    String data = "--data=" + folder.resolve("data");
    for (String command : List.of("dashboard", "demo", "stack")) {
      for (String half : List.of("--verdicts", "--user=ann")) {
        err.getBuffer().setLength(0);
        assertThat(run(command, data, half)).as(command + " " + half).isEqualTo(2);
        assertThat(err.toString())
            .contains("--verdicts and --user NAME belong together: give both or none")
            .doesNotContain("\tat ", "Exception");
      }
      assertThat(run(command, data, "--verdicts", "--user= ")).as(command).isEqualTo(2);
    }
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  @Test
  void saysThatTheStoreIsAwayInsteadOfAStackTrace() {
    Ports ports = FreePorts.pick();

    assertThat(run("windows", "--mongo-port=" + ports.mongo())).isEqualTo(1);
    assertThat(err.toString())
        .contains("Nothing answers at mongodb://127.0.0.1:" + ports.mongo(), "make demo")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void saysThatThereIsNothingToKeepTheBooksOf() {
    Ports ports = FreePorts.pick();

    assertThat(run("ledger", "--kafka-port=" + ports.kafka())).isEqualTo(1);
    assertThat(err.toString())
        .contains("No Kafka broker answers at 127.0.0.1:" + ports.kafka(), "make demo")
        .doesNotContain("\tat ", "Exception", "metadata");
  }

  @Test
  void saysWhichPartsAreAwayAndWhatToDo() {
    Ports ports = FreePorts.pick();

    assertThat(
            run(
                "status",
                "--kafka-port=" + ports.kafka(),
                "--sql-port=" + ports.sql(),
                "--connect-port=" + ports.connect(),
                "--mongo-port=" + ports.mongo()))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "4 things are wrong:",
            "Kafka does not answer",
            "SQL server does not answer",
            "Connect does not answer",
            "MongoDB does not answer",
            "start it with 'make demo'")
        .doesNotContain("\tat ");
  }

  @Test
  void saysThatNothingIsServedAtPortZero() {
    assertThat(run("metrics", "--metrics-port=0")).isEqualTo(2);
    assertThat(err.toString()).contains("--metrics-port 0 leaves nothing to serve");
    assertThat(run("stack", "--metrics-port=70000")).isEqualTo(2);
    assertThat(err.toString()).contains("a port lies between 0 and 65535");
  }

  @Test
  void saysThatThereAreNoMetricsWithoutKafka() {
    Ports ports = FreePorts.pick();

    assertThat(run("metrics", "--kafka-port=" + ports.kafka())).isEqualTo(1);
    assertThat(err.toString())
        .contains("No Kafka broker answers at 127.0.0.1:" + ports.kafka(), "make demo");
  }

  @Test
  void saysThatThereAreNoAlertsWithoutKafka() {
    Ports ports = FreePorts.pick();

    assertThat(run("alerts", "--kafka-port=" + ports.kafka())).isEqualTo(1);
    assertThat(err.toString())
        .contains("No Kafka broker answers at 127.0.0.1:" + ports.kafka(), "make demo");
  }

  @Test
  void knowsTheGenerator() {
    assertThat(FlagstreamCommand.commandLine().getSubcommands())
        .containsKeys(
            "demo",
            "stack",
            "broker",
            "sql",
            "connect",
            "store",
            "generate",
            "apply",
            "register",
            "windows",
            "metrics",
            "status");
  }

  private int run(String... arguments) {
    return FlagstreamCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
