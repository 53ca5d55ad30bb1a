package dev.flagstream.local.command;

import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command "broker": the Kafka broker. */
@Command(name = "broker", description = "Runs the Kafka broker, alone, until Ctrl-C.")
public final class BrokerCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Option(
      names = "--broker-property",
      paramLabel = "NAME=VALUE",
      description =
          "A property of the broker, such as log.segment.bytes=16777216, instead of the stack's;"
              + " may be given several times.")
  private Map<String, String> properties = Map.of();

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    return Parts.runAlone(
        settings,
        Listener.KAFKA,
        settings.bootstrapServers(),
        each -> Broker.start(each, properties));
  }
}
