package dev.flagstream.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.command.elsewhere.MongoElsewhereOptions;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.windows.WindowTable;
import dev.flagstream.local.windows.WindowedAggregates;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command "windows": aggregates over the flagged transactions, computed by the database. */
@Command(
    name = "windows",
    description =
        "Prints the newest 10-second windows over the flagged transactions, and what was flagged in"
            + " them for which reason, computed in MongoDB by one aggregation each.")
public final class WindowsCommand implements Callable<Integer> {

  private static final int STORE_PATIENCE_MS = 3_000;

  @Mixin private StackOptions options;
  @Mixin private MongoElsewhereOptions mongo;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "12",
      description = "How many windows. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** What is shown: the windows, and why what is in them was flagged. */
  private record Flagged(
      List<WindowedAggregates.Window> windows, List<WindowedAggregates.Reason> reasons) {}

  @Override
  public Integer call() throws JsonProcessingException {
    if (last < 1) {
      throw new ParameterException(
          spec.commandLine(), "--last %d: give how many windows, 1 or more".formatted(last));
    }
    Flagged flagged = read();
    if (json) {
      System.out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(flagged));
    } else if (flagged.windows().isEmpty()) {
      System.out.println("Nothing has been flagged yet.");
    } else {
      WindowTable.lines(flagged.windows(), ZoneId.systemDefault()).forEach(System.out::println);
      System.out.println();
      WindowTable.reasonLines(flagged.reasons()).forEach(System.out::println);
    }
    return 0;
  }

  private Flagged read() {
    StackSettings settings = mongo.in(options.settings());
    String uri = PipelineAddresses.of(settings).mongoUri(STORE_PATIENCE_MS);
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase database = client.getDatabase(Environment.DATABASE);
      List<WindowedAggregates.Window> windows = WindowedAggregates.last(database, last);
      return new Flagged(
          windows,
          windows.isEmpty()
              ? List.of()
              : WindowedAggregates.byReason(database, windows.get(0).start()));
    } catch (MongoTimeoutException e) {
      throw new StackException(
          "Nothing answers at "
              + settings.mongoAddress()
              + ". Start it with 'make demo' or 'make up', or say where it is with --mongo-port"
              + " (make: MONGO_PORT=…).");
    } catch (MongoException e) {
      throw new StackException(
          "Cannot read from " + settings.mongoAddress() + ": " + e.getMessage(), e);
    }
  }
}
