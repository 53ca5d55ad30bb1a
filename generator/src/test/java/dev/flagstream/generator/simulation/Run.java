package dev.flagstream.generator.simulation;

import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a simulation makes of a range of time, for tests to look at. */
record Run(List<SimulatedTransaction> all) {

  /** A Monday. */
  static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  static Run of(Simulation simulation, Instant from, Duration length) {
    long endMs = from.plus(length).toEpochMilli();
    List<SimulatedTransaction> all = new ArrayList<>();
    Iterator<SimulatedTransaction> simulated = simulation.from(from);
    SimulatedTransaction next = simulated.next();
    while (next.transaction().timestampMs() < endMs) {
      all.add(next);
      next = simulated.next();
    }
    return new Run(all);
  }

  static Run of(SimulationParameters parameters, Duration length) {
    return of(Simulation.of(parameters), MONDAY, length);
  }

  List<Transaction> transactions() {
    return all.stream().map(SimulatedTransaction::transaction).toList();
  }

  List<Transaction> honest() {
    return all.stream()
        .filter(simulated -> !simulated.isFraud())
        .map(SimulatedTransaction::transaction)
        .toList();
  }

  List<Transaction> frauds(FraudScenario scenario) {
    return all.stream()
        .filter(simulated -> simulated.scenario().filter(scenario::equals).isPresent())
        .map(SimulatedTransaction::transaction)
        .toList();
  }

  double share(FraudScenario scenario) {
    return frauds(scenario).size() / (double) all.size();
  }

  /** Every card's transactions in order, with the truth. */
  Map<String, List<SimulatedTransaction>> byCard() {
    return all.stream()
        .collect(Collectors.groupingBy(simulated -> simulated.transaction().cardNumber()));
  }

  /** As the topics hold it: the record, and beside it the truth. */
  List<String> lines() {
    return all.stream()
        .map(
            simulated ->
                new String(TransactionJson.encode(simulated.transaction()), StandardCharsets.UTF_8)
                    + simulated.scenario().map(FraudScenario::label).orElse(""))
        .toList();
  }

  String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      lines().forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
