package dev.flagstream.benchmarks.sinks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A store with nothing in it, for one run of a sink that writes to it. */
interface MeasuredSink extends AutoCloseable {

  /** What the connector is told besides its own file. */
  Map<String, String> settings();

  /**
   * About how many decisions are stored, without disturbing the store; negative for as long as it
   * does not answer.
   */
  long stored();

  /** Exactly how many are stored, each once. */
  long counted() throws SQLException;

  /** CPU time of the store's processes since they were started; empty where it is not known. */
  Optional<Duration> cpu();

  @Override
  void close() throws IOException;
}
