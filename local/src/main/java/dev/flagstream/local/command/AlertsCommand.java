package dev.flagstream.local.command;

import dev.flagstream.local.alerts.AlertLine;
import dev.flagstream.local.alerts.FraudAlert;
import dev.flagstream.local.alerts.Severity;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.health.RunningBroker;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackOptions;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
            + " After Kafka was away, it goes on where it was.")
public final class AlertsCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Option(
      names = "--all",
      description = "Begins with those that are there already. Default: only new ones.")
  private boolean all;

  @Option(
      names = "--once",
      description =
          "Prints those that are there already, and ends. Each card's are in their"
              + " order, the cards in any.")
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

  @Override
  public Integer call() {
    RunningBroker.requireTopic(options.settings(), Environment.ALERTS_TOPIC);
    TopicReader reader = new TopicReader(options.settings().bootstrapServers());
    if (once) {
      reader.read(Environment.ALERTS_TOPIC, this::print);
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
    out.println(json ? alert.fields().toString() : line.of(alert));
    out.flush();
  }
}
