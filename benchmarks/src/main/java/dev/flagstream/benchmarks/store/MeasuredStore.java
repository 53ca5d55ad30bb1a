package dev.flagstream.benchmarks.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** An empty store in a process of its own, and what that process costs. */
public interface MeasuredStore extends AutoCloseable {

  /** Where a driver finds it. */
  String uri();

  /** CPU time of the process since it was started; empty where it runs elsewhere. */
  Optional<Duration> cpu();

  /** MiB of Java objects that a full collection leaves; empty where there are none. */
  OptionalDouble heapMib();

  /** The most memory that the operating system has given it, in MiB; empty if it runs elsewhere. */
  OptionalDouble peakMib();

  @Override
  void close() throws IOException;
}
