package dev.flagstream.local.command;

import dev.flagstream.local.component.Component;
import dev.flagstream.local.component.StopSignal;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.PortCheck.Listener;
import dev.flagstream.local.vitals.Vitals;
import java.util.EnumSet;
import java.util.function.Function;

/** Runs one part of the stack as a process of its own. */
final class Parts {

  private Parts() {}

  /** Starts the part and keeps it until Ctrl-C or SIGTERM; gives the exit code. */
  static int runAlone(
      StackSettings settings,
      Listener listener,
      String address,
      Function<StackSettings, Component> start)
      throws InterruptedException {
    EnumSet<Listener> listeners = EnumSet.of(listener);
    PortCheck.requireFree(settings.ports(), listeners);
    StopSignal stop = StopSignal.install();
    try (DataDirectory data = DataDirectory.open(settings, listeners)) {
      data.requireLayout();
      LogFile.use(settings.logFile());
      data.ensureCardTokenKey();
      data.ensureWebhookSecret();
      try (Vitals vitals =
          new Vitals(settings.data(), stop, Parts::say, listener != Listener.MONGO)) {
        vitals.watchOnePart();
        try (Component part = start.apply(settings)) {
          say("The " + part.name() + " runs at " + address + "; Ctrl-C stops it");
          stop.await();
        }
      }
    }
    if (stop.failure().isPresent()) {
      throw stop.failure().get();
    }
    say("Stopped. The data are kept in " + settings.data() + ".");
    return stop.exitCode();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
