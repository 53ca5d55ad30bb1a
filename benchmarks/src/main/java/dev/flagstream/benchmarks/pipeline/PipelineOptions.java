package dev.flagstream.benchmarks.pipeline;

import dev.flagstream.benchmarks.AnsweringProcess;
import dev.flagstream.benchmarks.JobSettings;
import dev.flagstream.benchmarks.SqlProcess;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.sql.SqlScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which scripts run in what kind of server: what the measurements of the SQL pipeline share. */
final class PipelineOptions {

  /** A key like any other: what is tokenized here is made up. */
  private static final String TOKEN_KEY = "00".repeat(31) + "01";

  /** It is not on the way: it reads the input a second time, for what cannot be scored. */
  private static final String REJECTED = "02";

  private static final Pattern PARTITIONS = Pattern.compile("(PARTITIONS\\s*=\\s*)\\d+");

  @Option(
      names = "--scripts",
      defaultValue = "ksql",
      paramLabel = "DIR",
      description = "The SQL scripts. Default: ${DEFAULT-VALUE}.")
  private Path scripts;

  @Option(
      names = "--models",
      defaultValue = "models",
      paramLabel = "DIR",
      description = "The model bundles. Default: ${DEFAULT-VALUE}.")
  private Path models;

  @Option(
      names = "--extension-dir",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the UDF jar.")
  private Path extensions;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx1g",
      description = "JVM options of the server. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description =
          "A further property of the server, such as ksql.streams.commit.interval.ms; may be"
              + " repeated.")
  private Map<String, String> properties = Map.of();

  /**
   * Starts a server; its first answer is its address.
   *
   * @param more properties beside the options', which win
   * @param errors where its standard error goes
   */
  AnsweringProcess server(JobSettings settings, Map<String, String> more, Path errors) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + settings.bootstrapServers(),
                "--guarantee=" + settings.guarantee(),
                "--state-dir=" + settings.stateDirectory(),
                "--extension-dir=" + extensions,
                "-Dksql.functions.card_token.key=" + TOKEN_KEY,
                "-Dksql.functions._global_.model.dir=" + models.toAbsolutePath()));
    more.forEach(
        (name, value) -> {
          if (!properties.containsKey(name)) {
            arguments.add("-D" + name + "=" + value);
          }
        });
    properties.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
    return AnsweringProcess.start(SqlProcess.class, javaOptions, arguments, errors);
  }

  /** Applies the scripts from one number to another, both included, as they are. */
  void apply(SqlClient client, String first, String last) throws IOException {
    for (Path file : files(first, last)) {
      client.execute(Files.readString(file));
    }
  }

  /** The same with another number of partitions for each topic that they make. */
  void apply(SqlClient client, String first, String last, int partitions) throws IOException {
    for (Path file : files(first, last)) {
      client.execute(withPartitions(Files.readString(file), partitions));
    }
  }

  static String withPartitions(String script, int partitions) {
    return PARTITIONS
        .matcher(script)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + partitions));
  }

  private List<Path> files(String first, String last) {
    return SqlScripts.in(scripts).files().stream()
        .filter(file -> !number(file).equals(REJECTED))
        .filter(file -> number(file).compareTo(first) >= 0 && number(file).compareTo(last) <= 0)
        .toList();
  }

  private static String number(Path file) {
    return file.getFileName().toString().substring(0, 2);
  }
}
