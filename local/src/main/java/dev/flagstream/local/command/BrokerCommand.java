package dev.flagstream.local.command;

import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "broker": the Kafka broker. */
@Command(name = "broker", description = "Runs the Kafka broker, alone, until Ctrl-C.")
public final class BrokerCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    return Parts.runAlone(settings, Listener.KAFKA, settings.bootstrapServers(), Broker::start);
  }
}
