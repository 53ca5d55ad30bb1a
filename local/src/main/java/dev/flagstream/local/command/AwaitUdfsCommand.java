package dev.flagstream.local.command;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.ServerFunctions;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "await-udfs": what follows once a UDF jar is in the extension directory. */
@Command(
    name = "await-udfs",
    description =
        "Waits until the running SQL server has loaded the UDF jar of its extension directory, and"
            + " prints the jar's functions. A local stack restarts its SQL server by itself.")
public final class AwaitUdfsCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    if (PortCheck.isFree(Listener.SQL, settings.ports()) && new DeployedJars(settings).isLoaded()) {
      System.out.println(
          "No SQL server runs at " + settings.sqlUrl() + "; the next one to start loads the jar.");
      return 0;
    }
    awaitLoaded(settings);
    SqlClient server = new SqlClient(settings.sqlUrl());
    server.awaitHealthy(PATIENCE);
    ServerFunctions.describe(server).forEach(System.out::println);
    return 0;
  }

  private static void awaitLoaded(StackSettings settings) {
    DeployedJars jars = new DeployedJars(settings);
    RetryPolicy<Boolean> untilLoaded =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .withDelay(Duration.ofMillis(250))
            .withMaxAttempts(-1)
            .withMaxDuration(PATIENCE)
            .build();
    boolean loaded = Failsafe.with(untilLoaded).get(jars::isLoaded);
    if (!loaded) {
      throw new StackException(
          "The SQL server has not restarted with the new jar within %d s; %s says why"
              .formatted(PATIENCE.toSeconds(), settings.logFile()));
    }
  }
}
