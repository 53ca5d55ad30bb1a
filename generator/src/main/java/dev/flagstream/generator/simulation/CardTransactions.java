package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.World;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.util.Iterator;

/**
 * Merges honest arrivals and planned frauds, minute by minute, and makes transactions of them. The
 * position within the minute completes a transaction's id, so what comes before the start is
 * counted and left out.
 */
final class CardTransactions implements Iterator<SimulatedTransaction> {

  private static final String CURRENCY = "USD";

  private final World world;
  private final HonestArrivals arrivals;
  private final PlannedFrauds frauds;
  private final String runId;

  private long minute;
  private long minuteEndMs;
  private String idPrefix;
  private int position;
  private Purchase honest;
  private Purchase upcoming;

  CardTransactions(
      SimulationParameters parameters, World world, Traffic traffic, String runId, long startMs) {
    Scene scene = new Scene(world);
    this.world = world;
    this.runId = runId;
    this.arrivals = new HonestArrivals(scene, parameters, traffic);
    this.minute = Math.floorDiv(startMs, HonestArrivals.MS_PER_MINUTE);
    this.frauds = new PlannedFrauds(scene, parameters, traffic, minute);
    startMinute();
    advance();
    while (upcoming.timeMs() < startMs) {
      advance();
    }
  }

  /** Always true. */
  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public SimulatedTransaction next() {
    SimulatedTransaction next =
        new SimulatedTransaction(transaction(upcoming), upcoming.scenario());
    advance();
    return next;
  }

  private void startMinute() {
    minuteEndMs = (minute + 1) * HonestArrivals.MS_PER_MINUTE;
    idPrefix = runId + "-" + minute + "-";
    position = 0;
    frauds.startMinute(minute);
    arrivals.startMinute(minute);
    honest = arrivals.nextOrNull();
  }

  private void advance() {
    while (true) {
      position++;
      long fraudMs = frauds.nextMs();
      if (honest != null && honest.timeMs() <= fraudMs) {
        upcoming = honest;
        honest = arrivals.nextOrNull();
        return;
      }
      if (fraudMs < minuteEndMs) {
        upcoming = frauds.next();
        return;
      }
      minute++;
      startMinute();
    }
  }

  private Transaction transaction(Purchase purchase) {
    return new Transaction(
        idPrefix + position,
        world.customers().cardNumber(purchase.customer(), purchase.card()),
        purchase.customer().cardholder(),
        BigDecimal.valueOf(purchase.amountCents(), 2),
        CURRENCY,
        purchase.merchant().acceptor(),
        purchase.merchant().category().channel(),
        purchase.location(),
        purchase.locationRiskScore(),
        purchase.timeMs());
  }
}
