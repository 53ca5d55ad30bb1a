package dev.flagstream.local.command;

import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStore;
import dev.flagstream.local.stack.DataDirectory;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "postgresql": the SQL store. */
@Command(
    name = "postgresql",
    description = "Runs the SQL store of --sinks=mongodb,postgresql, alone, until Ctrl-C.")
public final class PostgresqlCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings().withSqlStore(options.sqlStorePort());
    StopSignal stop = StopSignal.install();
    try (DataDirectory data = DataDirectory.open(settings, Set.of())) {
      data.requireLayout();
      LogFile.use(settings.logFile());
      try (SqlStore store = SqlStore.start(settings)) {
        System.out.println(
            "The %s runs at %s; Ctrl-C stops it"
                .formatted(store.name(), settings.sqlStore().orElseThrow()));
        stop.await();
      }
    }
    System.out.println("Stopped. The data are kept in " + settings.data() + ".");
    return stop.exitCode();
  }
}
