package dev.flagstream.local.command;

import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "connect": the Kafka Connect worker. */
@Command(name = "connect", description = "Runs the Kafka Connect worker, alone, until Ctrl-C.")
public final class ConnectCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    return Parts.runAlone(settings, Listener.CONNECT, settings.connectUrl(), ConnectWorker::start);
  }
}
