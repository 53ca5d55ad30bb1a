package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.Workload;
import java.time.Duration;

/** One of the programs that are compared; runs one job at a time in a process of its own. */
interface Program extends AutoCloseable {

  /** Its name in the result. */
  String name();

  /** Starts the job on all that is in its inputs; returns its consumer group. */
  String start(Workload workload, String sink);

  /** Stops the job; returns when it no longer runs. */
  void stop();

  /** CPU time of the program's process since it was started. */
  Duration cpu();

  /** Ends the process. */
  @Override
  void close();
}
