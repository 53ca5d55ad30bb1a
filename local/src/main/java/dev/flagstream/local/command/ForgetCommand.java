package dev.flagstream.local.command;

import static dev.flagstream.report.PlainText.counted;
import static dev.flagstream.report.PlainText.text;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.local.command.elsewhere.KafkaElsewhereOptions;
import dev.flagstream.local.command.elsewhere.MongoElsewhereOptions;
import dev.flagstream.local.connect.RegisteredSinks;
import dev.flagstream.local.erasure.Erasure;
import dev.flagstream.local.erasure.ErasureReport;
import dev.flagstream.local.erasure.Remains;
import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.health.Readers;
import dev.flagstream.local.health.RunningBroker;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.scan.InputFiles;
import dev.flagstream.local.settings.Elsewhere;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command "forget": removes what is kept of one person, and says what is left. */
@Command(
    name = "forget",
    description =
        "Removes what is kept of one customer from MongoDB, from what SQL remembers and from"
            + " the topics between the queries, while traffic flows, and says which topics still"
            + " name the customer, and until when. Exits with 1 if there is no such customer.")
public final class ForgetCommand implements Callable<Integer> {

  private static final int STORE_PATIENCE_MS = 10_000;

  @Mixin private StackOptions options;
  @Mixin private KafkaElsewhereOptions kafka;
  @Mixin private MongoElsewhereOptions mongo;

  @Mixin private SqlStoreOptions sqlStore;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      required = true,
      description = "The customer, as in customer_id.")
  private String customer;

  @Option(
      names = "--mongodb-only",
      description =
          "There are no decisions elsewhere, as rows or in a lake: Connect is not asked for sinks"
              + " to them.")
  private boolean mongoDbOnly;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = PatienceConverter.class,
      defaultValue = "60",
      description =
          "How long to wait for each query and sink that is behind. Default: ${DEFAULT-VALUE}.")
  private long patienceSeconds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (customer.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "Name the customer, as in: make forget CUSTOMER=C0000042");
    }
    StackSettings settings =
        options.settings().with(new Elsewhere(kafka.kafka(), mongo.mongoUri()));
    RunningBroker.requireTopic(settings, Environment.SCORED_TOPIC);
    Set<String> sinks = sinks(settings);
    String uri = PipelineAddresses.of(settings).mongoUri(STORE_PATIENCE_MS);
    try (MongoClient client = MongoClients.create(uri);
        Readers readers = new Readers(settings);
        Erasure erasure =
            new Erasure(
                settings.kafka(),
                client.getDatabase(Environment.DATABASE),
                sqlStore.client(settings, options.sqlStorePort(), sinks),
                Lakes.running(settings, options.lakeUrl(settings), sinks),
                Duration.ofSeconds(patienceSeconds),
                readers.gone(),
                line -> say("  " + line))) {
      Optional<ErasureReport> report = erasure.forget(customer);
      if (report.isEmpty()) {
        say(
            "No topic has a transaction of customer "
                + customer
                + ": there is nothing to forget. Is it written as in customer_id?");
        return ExitCodes.FAILED;
      }
      print(report.get(), InputFiles.areIn(settings));
      return ExitCodes.OK;
    } catch (MongoException e) {
      throw new StackException(
          "MongoDB at %s does not remove documents: %s. 'make status' tells how it is; then do it again."
              .formatted(settings.mongoAddress(), e.getMessage()),
          e);
    }
  }

  /** A store that is not known would keep the person, and nobody would be told. */
  private Set<String> sinks(StackSettings settings) {
    if (mongoDbOnly || (sqlStore.address(settings).isPresent() && settings.lakeUrl().isPresent())) {
      return Set.of();
    }
    try {
      return RegisteredSinks.of(settings);
    } catch (StackException e) {
      throw new StackException(
          e.getMessage()
              + ". So it is not known whether decisions are in a SQL store or a lake, too, and"
              + " nothing was removed. Start it, or say that there is none: OPTIONS=--mongodb-only,"
              + " or where both are: --sql-store-url=… and LAKE_URL=…",
          e);
    }
  }

  private void print(ErasureReport report, boolean hasFiles) {
    say("Removed of customer " + customer + ":");
    report
        .documents()
        .forEach(
            (collection, count) ->
                say(text("  %20s of %s", counted(count, "document"), collection)));
    say(
        text(
            "  %20s from what SQL remembers, and the latest transaction of",
            counted(report.cards(), "card")));
    say(text("  %20s", counted(report.merchants(), "merchant")));
    say(text("  %20s from compacted topics", counted(report.tombstones(), "window")));
    say(
        "  and everybody's rows that all queries have read from "
            + String.join(", ", report.emptied()));
    if (report.remains().isEmpty()) {
      say("No topic names the customer any more.");
    } else {
      say("Left, since Kafka deletes no single records:");
      for (Remains each : report.remains()) {
        say(
            text(
                "  %20s of %s, %s", counted(each.records(), "record"), each.topic(), each.until()));
      }
    }
    say("The state of 10-second windows forgets the cards a day of event time later by itself.");
    String counted =
        "'make ledger' counts its %s as erased."
            .formatted(counted(report.transactions(), "transaction"));
    say(
        hasFiles
            ? "Next: 'make scan CUSTOMER=%s' shows which files still hold what was deleted; %s"
                .formatted(customer, counted)
            : "Next: " + counted);
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
