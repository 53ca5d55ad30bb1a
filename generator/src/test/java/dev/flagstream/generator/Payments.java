package dev.flagstream.generator;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Transactions for tests that need some, whichever they are. */
public final class Payments {

  private Payments() {}

  public static List<FeedEvent> some(int count) {
    Iterator<SimulatedTransaction> world =
        new SmallWorld(11).from(Instant.parse("2026-01-01T00:00:00Z"));
    return Stream.generate(world::next)
        .limit(count)
        .<FeedEvent>map(simulated -> new Payment(simulated.transaction()))
        .toList();
  }
}
