package dev.flagstream.local.command;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.DeployedJars;
import dev.flagstream.local.sql.ServerFunctions;
import dev.flagstream.local.sql.SqlComponent;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command "await-udfs": what follows once a UDF jar is in the extension directory. */
@Command(
    name = "await-udfs",
    description =
        "Waits until the running SQL server has loaded the UDF jar of its extension directory, and"
            + " prints the jar's functions. A local stack restarts its SQL server by itself.")
public final class AwaitUdfsCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private StackOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    if (!runsServer(settings)) {
      say("No SQL server runs at " + settings.sqlUrl() + "; the next one to start loads the jar.");
      return 0;
    }
    awaitLoaded(settings);
    SqlClient server = new SqlClient(settings.sqlUrl());
    server.awaitHealthy(PATIENCE);
    ServerFunctions.describe(server).forEach(this::say);
    return 0;
  }

  /** One that restarts just now does not listen, but its process holds its data. */
  private static boolean runsServer(StackSettings settings) {
    if (!PortCheck.isFree(Listener.SQL, settings.ports())) {
      return true;
    }
    try {
      DataDirectory.requireUnused(settings);
      return false;
    } catch (StackException e) {
      return true;
    }
  }

  private void awaitLoaded(StackSettings settings) {
    DeployedJars jars = new DeployedJars(settings);
    if (jars.isLoaded()) {
      return;
    }
    SqlComponent.requireLoadableJars(settings);
    say("Waiting until the SQL server has restarted with it …");
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

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
