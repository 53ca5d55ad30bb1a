package dev.flagstream.local.command;

import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.SqlComponent;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "sql": the SQL server. */
@Command(name = "sql", description = "Runs the SQL server, alone, until Ctrl-C.")
public final class SqlCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    return Parts.runAlone(settings, Listener.SQL, settings.sqlUrl(), SqlComponent::start);
  }
}
