package dev.flagstream.local.command;

import dev.flagstream.local.alerts.AlertLine;
import dev.flagstream.local.alerts.FraudAlert;
import dev.flagstream.local.alerts.Severity;
import dev.flagstream.local.command.elsewhere.KafkaElsewhereOptions;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.RunningBroker;
import dev.flagstream.local.settings.Elsewhere;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command "alerts": the incidents reported to people, as they come. */
@Command(
    name = "alerts",
    description =
        "Prints the fraud alerts as they come, one line each, until Ctrl-C: one when"
            + " an incident of a card begins, and one when it reaches a higher severity."
            + " A terminal shows what fits into its width; a file or --json has all."
            + " After Kafka was away, it goes on where it was.")
public final class AlertsCommand implements Callable<Integer> {

  @Mixin private StackOptions options;
  @Mixin private KafkaElsewhereOptions kafka;

  @Option(
      names = "--all",
      description = "Begins with those that are there already. Default: only new ones.")
  private boolean all;

  @Option(
      names = "--once",
      description = "Prints those that are there already, in the order of their time, and ends.")
  private boolean once;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      defaultValue = "LOW",
      description =
          "Only those of at least this severity: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Severity severity;

  @Option(names = "--json", description = "Prints each as one line of JSON, with all its fields.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final AlertLine line = new AlertLine(ZoneId.systemDefault(), Ansi.AUTO.enabled());

  /** Asked for each line, as people change it. */
  private IntSupplier columns = () -> 0;

  @Override
  public Integer call() throws IOException {
    StackSettings settings =
        options.settings().with(new Elsewhere(kafka.kafka(), Optional.empty()));
    RunningBroker.requireTopic(settings, Environment.ALERTS_TOPIC);
    try (Terminal terminal =
        TerminalBuilder.builder()
            .systemOutput(SystemOutput.SysOut)
            .nativeSignals(false)
            .dumb(true)
            .build()) {
      if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        columns = () -> terminal.getSize().getColumns();
      }
      return tell(new TopicReader(settings.kafka()));
    }
  }

  private int tell(TopicReader reader) {
    if (once) {
      // Of several partitions; an alert takes some 700 bytes until all are there.
      List<ConsumerRecord<byte[], byte[]>> alerts = new ArrayList<>();
      reader.read(Environment.ALERTS_TOPIC, alerts::add);
      alerts.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
      alerts.forEach(this::print);
    } else {
      if (!json) {
        spec.commandLine().getErr().println("Waiting for alerts; Ctrl-C ends.");
      }
      reader.follow(Environment.ALERTS_TOPIC, all, this::print);
    }
    return 0;
  }

  private void print(ConsumerRecord<byte[], byte[]> record) {
    FraudAlert.parse(record.value())
        .filter(alert -> alert.severity().compareTo(severity) >= 0)
        .ifPresent(this::print);
  }

  private void print(FraudAlert alert) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? alert.fields().toString() : line.of(alert, columns.getAsInt()));
    out.flush();
  }
}
