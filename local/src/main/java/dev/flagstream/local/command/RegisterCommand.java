package dev.flagstream.local.command;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.connect.SinkRegistration;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "register": makes the sinks known to a running Connect worker. */
@Command(
    name = "register",
    description = "Registers connect/*.json with the running Connect worker, once it answers.")
public final class RegisterCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    SinkRegistration sinks = SinkRegistration.read(settings);
    ConnectClient worker = new ConnectClient(settings.connectUrl());
    worker.awaitReady(Duration.ofMinutes(1));
    sinks.registerWith(worker);
    sinks.names().forEach(name -> System.out.println("registered " + name));
    return 0;
  }
}
