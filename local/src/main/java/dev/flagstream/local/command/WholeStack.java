package dev.flagstream.local.command;

import dev.flagstream.local.LogFile;
import dev.flagstream.local.demo.Demo;
import dev.flagstream.local.demo.DemoOptions;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.StopSignal;
import dev.flagstream.local.view.LiveView;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that run the whole stack have in common. */
final class WholeStack {

  /** What the launcher says of the archive that makes starts quick. */
  private static final String CLASS_ARCHIVE =
      System.getProperty("flagstream.class.archive", "none, because the jar was started directly");

  @Mixin private StackOptions options;

  @Option(names = "--fresh", description = "deletes the data of earlier runs first")
  private boolean fresh;

  /** Runs until the end of its duration, Ctrl-C or SIGTERM; gives the exit code. */
  int run(DemoOptions demo) throws InterruptedException {
    var settings = options.settings();
    PortCheck.requireFree(settings.ports());
    var stop = StopSignal.install();
    try (var data = DataDirectory.open(settings)) {
      if (fresh) {
        data.clear();
      }
      // Only now: the log lies in the directory that may just have been cleared.
      LogFile.use(settings.logFile());
      LoggerFactory.getLogger(WholeStack.class).warn("Class archive: {}", CLASS_ARCHIVE);
      data.ensureCardTokenKey();
      try (var view = LiveView.open()) {
        return new Demo(settings, demo, stop, view).run() ? 0 : 1;
      }
    }
  }
}
