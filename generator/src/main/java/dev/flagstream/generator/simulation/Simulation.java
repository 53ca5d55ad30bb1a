package dev.flagstream.generator.simulation;

import java.time.Instant;
import java.util.Iterator;

/**
 * A world whose transactions depend only on its seed and parameters, never on where one begins to
 * look: {@code from(later)} is exactly the rest of {@code from(earlier)}. Any range can therefore
 * be made again, byte for byte, and a run that was killed can go on without a gap.
 *
 * <p>A simulation is immutable and safe to share between threads; each iterator serves one thread.
 */
public interface Simulation {

  /** The world of these parameters. */
  static Simulation of(SimulationParameters parameters) {
    return new CardSimulation(parameters);
  }

  /**
   * All transactions at or after an instant of event time, in event-time order, without an end (up
   * to the end of what {@code Instant} can express in milliseconds).
   */
  Iterator<SimulatedTransaction> from(Instant start);

  /**
   * Names the world: eight hexadecimal digits that follow from the seed and every parameter, and
   * begin every transaction id. Two simulations with the same run id make the same transactions.
   */
  String runId();

  /** How many transactions a second of event time has on average over a week. */
  double meanPerSecond();
}
