package dev.flagstream.benchmarks.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A MongoDB that runs already; what it costs cannot be seen from here.
 *
 * @param uri where a driver finds it
 */
public record ServerElsewhere(String uri) implements MeasuredStore {

  @Override
  public Optional<Duration> cpu() {
    return Optional.empty();
  }

  @Override
  public OptionalDouble heapMib() {
    return OptionalDouble.empty();
  }

  @Override
  public OptionalDouble peakMib() {
    return OptionalDouble.empty();
  }

  @Override
  public void close() {
    // It is not ours to stop.
  }
}
