package dev.flagstream.generator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
  private static final Duration LENGTH = Duration.ofMinutes(10);

  /** Few customers for the rate: each pays many times in these minutes. */
  private static final Simulation BUSY =
      Simulation.of(
          SimulationParameters.atRate(42, 100).withCustomers(2_000).withRhythm(Rhythm.EVEN));

  private static final WarmUp WARM_UP = new WarmUp(42, START.toEpochMilli(), LENGTH);

  @Test
  void climbsInAStraightLineToTheMeanRate() {
    long[] perMinute = new long[12];
    for (SimulatedTransaction each : during(Duration.ofMinutes(12), WARM_UP.of(BUSY.from(START)))) {
      long sinceStartMs = each.transaction().timestampMs() - START.toEpochMilli();
      perMinute[Math.toIntExact(sinceStartMs / 60_000)]++;
    }

    for (int minute = 0; minute < 10; minute++) {
      double expected = 100 * 60 * (minute + 0.5) / 10;
      assertThat((double) perMinute[minute]).isCloseTo(expected, within(0.2 * expected + 100));
    }
    assertThat((double) perMinute[11]).isCloseTo(6_000, within(600.0));
  }

  @Test
  void leavesNothingOutOfACustomerWhoHasJoined() {
    Map<String, List<String>> all = byCustomer(during(LENGTH, BUSY.from(START)));
    Map<String, List<String>> sent = byCustomer(during(LENGTH, WARM_UP.of(BUSY.from(START))));

    assertThat(sent).hasSizeGreaterThan(1_000);
    sent.forEach(
        (customer, ids) -> {
          List<String> whole = all.get(customer);
          assertThat(ids).isEqualTo(whole.subList(whole.size() - ids.size(), whole.size()));
        });
  }

  @Test
  void isTheSameWhereverARunGoesOn() {
    Instant middle = START.plus(LENGTH.dividedBy(2));
    List<String> whole = ids(during(LENGTH, WARM_UP.of(BUSY.from(START))));
    List<String> rest = ids(during(LENGTH, WARM_UP.of(BUSY.from(middle))));

    assertThat(rest)
        .isNotEmpty()
        .isEqualTo(whole.subList(whole.size() - rest.size(), whole.size()));
  }

  @Test
  void ofNoLengthLeavesEverythingAsItIs() {
    WarmUp none = new WarmUp(42, START.toEpochMilli(), Duration.ZERO);

    assertThat(ids(during(Duration.ofMinutes(1), none.of(BUSY.from(START)))))
        .isEqualTo(ids(during(Duration.ofMinutes(1), BUSY.from(START))));
  }

  private static List<SimulatedTransaction> during(
      Duration time, Iterator<SimulatedTransaction> transactions) {
    long endMs = START.plus(time).toEpochMilli();
    List<SimulatedTransaction> found = new ArrayList<>();
    SimulatedTransaction next = transactions.next();
    while (next.transaction().timestampMs() < endMs) {
      found.add(next);
      next = transactions.next();
    }
    return found;
  }

  private static List<String> ids(List<SimulatedTransaction> transactions) {
    return transactions.stream().map(each -> each.transaction().transactionId()).toList();
  }

  private static Map<String, List<String>> byCustomer(List<SimulatedTransaction> transactions) {
    Map<String, List<String>> byCustomer = new LinkedHashMap<>();
    for (SimulatedTransaction each : transactions) {
      byCustomer
          .computeIfAbsent(each.transaction().cardholder().customerId(), id -> new ArrayList<>())
          .add(each.transaction().transactionId());
    }
    return byCustomer;
  }
}
