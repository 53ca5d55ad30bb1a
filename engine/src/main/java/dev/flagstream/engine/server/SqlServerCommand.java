package dev.flagstream.engine.server;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the server from a properties file, as {@code ksql-server-start} does. */
@Command(
    name = "flagstream-sql-server",
    mixinStandardHelpOptions = true,
    description = "Serves ksqlDB's dialect and REST API on Kafka Streams.")
public final class SqlServerCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Properties under ksqlDB's names, such as bootstrap.servers and listeners.")
  private Path propertiesFile;

  @Option(
      names = {"-D", "--property"},
      paramLabel = "NAME=VALUE",
      description = "Sets one property; wins over the file.")
  private Map<String, String> overrides = new HashMap<>();

  public static void main(String[] arguments) {
    System.exit(CommandLines.of(new SqlServerCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    SqlServer server;
    try {
      server = SqlServer.start(properties());
    } catch (ConfigurationException e) {
      System.err.println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    System.out.println("Listening on " + server.uri());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "shutdown"));
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    if (propertiesFile != null) {
      Properties fromFile = new Properties();
      try (Reader reader = Files.newBufferedReader(propertiesFile)) {
        fromFile.load(reader);
      } catch (IOException e) {
        throw new ConfigurationException(
            "Cannot read " + propertiesFile + ": " + e.getMessage(), e);
      }
      fromFile.stringPropertyNames().forEach(k -> properties.put(k, fromFile.getProperty(k)));
    }
    properties.putAll(overrides);
    return properties;
  }
}
