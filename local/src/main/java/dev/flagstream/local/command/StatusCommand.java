package dev.flagstream.local.command;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClients;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.SqlClient;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "status": which parts answer, and what they hold. */
@Command(
    name = "status",
    description = "Asks each part whether it is well. Exits with 1 if one of them is not.")
public final class StatusCommand implements Callable<Integer> {

  private static final int PATIENCE_MS = 5_000;

  @Mixin private StackOptions options;

  private boolean allWell = true;

  @Override
  public Integer call() {
    var settings = options.settings();
    show("Kafka", settings.bootstrapServers(), () -> kafka(settings));
    show("SQL server", settings.sqlUrl(), () -> sql(settings));
    show("Connect", settings.connectUrl(), () -> connect(settings));
    show("MongoDB", settings.mongoUri(), () -> mongo(settings));
    return allWell ? 0 : 1;
  }

  private void show(String part, String address, Callable<String> question) {
    String answer;
    try {
      answer = question.call();
    } catch (Exception e) { // whatever keeps a part from answering is the answer
      allWell = false;
      answer = "NOT WELL: " + firstLine(e);
    }
    System.out.printf("%-10s  %-26s  %s%n", part, address, answer);
  }

  private static String firstLine(Exception problem) {
    var message = String.valueOf(problem.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static String kafka(StackSettings settings) {
    return RunningBroker.topics(settings).size() + " topics";
  }

  private static String sql(StackSettings settings) {
    return new SqlClient(settings.sqlUrl()).info();
  }

  private String connect(StackSettings settings) throws Exception {
    var client = new ConnectClient(settings.connectUrl());
    var failed = client.failedConnectors();
    allWell &= failed.isEmpty();
    var connectors = String.join(", ", client.connectors());
    return failed.isEmpty() ? connectors : connectors + "; FAILED: " + String.join(", ", failed);
  }

  private static String mongo(StackSettings settings) {
    var uri = settings.mongoUri() + "/?serverSelectionTimeoutMS=" + PATIENCE_MS;
    try (var mongo = MongoClients.create(uri)) {
      var flagged =
          mongo.getDatabase(Environment.DATABASE).getCollection(Environment.FLAGGED_COLLECTION);
      return flagged.estimatedDocumentCount() + " flagged transactions";
    } catch (MongoTimeoutException e) {
      throw new StackException("nothing answers there");
    }
  }
}
