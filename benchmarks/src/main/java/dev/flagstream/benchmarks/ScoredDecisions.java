package dev.flagstream.benchmarks;

import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.SqlBackfill;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.sql.SqlScripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Decisions as the topic has them: transactions of the simulation, scored by the project's own SQL
 * and models. The same ones each time.
 */
public final class ScoredDecisions {

  private static final long SEED = 42;
  private static final int CUSTOMERS = 10_000;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String INPUT = "credit_card_transactions";

  /** The topic that they are of. */
  public static final String TOPIC = "scored_transactions";

  /** A key like any other: what is tokenized here is made up. */
  private static final String TOKEN_KEY = "00".repeat(31) + "01";

  private ScoredDecisions() {}

  /**
   * Makes {@code count} of them.
   *
   * @param home the project's folder
   * @param extensions where the UDF jar is
   * @param taker gets each, on the caller's thread
   */
  public static void make(Path home, Path extensions, int count, Consumer<OfflineRecord> taker) {
    Map<String, String> settings =
        Map.of(
            "ksql.functions.card_token.key",
            TOKEN_KEY,
            "ksql.functions._global_.model.dir",
            home.resolve("models").toAbsolutePath().toString());
    Simulation world = Simulation.of(SimulationParameters.ofCustomers(SEED, CUSTOMERS));
    Iterator<SimulatedTransaction> transactions = world.from(START);
    try (SqlBackfill sql =
        SqlBackfill.ofScripts(FunctionLoader.load(extensions), settings, scripts(home), TOPIC)) {
      int made = 0;
      while (made < count) {
        for (OfflineRecord decision : sql.send(INPUT, record(transactions.next().transaction()))) {
          taker.accept(decision);
          made++;
        }
      }
    }
  }

  /** The scripts up to the decision, without that for rejected transactions. */
  private static List<Path> scripts(Path home) {
    return SqlScripts.in(home.resolve("ksql")).files().stream()
        .filter(file -> !file.toString().contains("rejected"))
        .filter(file -> file.getFileName().toString().compareTo("08") < 0)
        .toList();
  }

  private static OfflineRecord record(Transaction transaction) {
    return new OfflineRecord(
        transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
        TransactionJson.encode(transaction),
        transaction.timestampMs(),
        List.of());
  }
}
