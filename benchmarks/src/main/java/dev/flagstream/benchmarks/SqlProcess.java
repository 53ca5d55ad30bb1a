package dev.flagstream.benchmarks;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.server.SqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The SQL server as a process of its own, until its standard input ends. */
@Command(
    name = "sql-process",
    mixinStandardHelpOptions = true,
    description = "A SQL server to be measured; prints its address and ends with its input.")
public final class SqlProcess implements Callable<Integer> {

  @Option(names = "--bootstrap-servers", required = true, description = "Kafka.")
  private String bootstrapServers;

  @Option(
      names = "--guarantee",
      required = true,
      description = "Kafka Streams' processing.guarantee.")
  private String guarantee;

  @Option(names = "--state-dir", required = true, description = "Folder for the queries' stores.")
  private Path stateDirectory;

  @Option(names = "--extension-dir", required = true, description = "Folder of UDF jars.")
  private Path extensions;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "A property of the server; may be repeated.")
  private Map<String, String> others = Map.of();

  /** Serves, then ends this JVM. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new SqlProcess()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    JobSettings settings = new JobSettings(bootstrapServers, guarantee, stateDirectory);
    Map<String, String> properties = new HashMap<>();
    settings.streams().forEach((name, value) -> properties.put("ksql.streams." + name, value));
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("listeners", "http://127.0.0.1:0");
    properties.put("ksql.service.id", "benchmark_");
    properties.put("ksql.extension.dir", extensions.toString());
    properties.putAll(others);
    try (SqlServer server = SqlServer.start(properties)) {
      System.out.println(server.uri());
      while (System.in.read() >= 0) {
        // Nothing is asked here; the end of the input is the signal to stop.
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
