package dev.flagstream.local.command;

import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck.Listener;
import dev.flagstream.local.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "store": the document store. */
@Command(name = "store", description = "Runs the document store, alone, until Ctrl-C.")
public final class StoreCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Override
  public Integer call() throws InterruptedException {
    StackSettings settings = options.settings();
    return Parts.runAlone(settings, Listener.MONGO, settings.mongoUri(), Store::start);
  }
}
