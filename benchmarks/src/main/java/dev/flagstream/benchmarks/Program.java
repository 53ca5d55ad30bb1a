package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.Workload;
import java.time.Duration;

/** One of the programs that are compared; runs one job at a time in a process of its own. */
interface Program extends AutoCloseable {

  /** Which programs there are, in the order of the result. */
  enum Kind {
    SQL,
    HANDWRITTEN,
    FLINK
  }

  /** Its name in the result. */
  String name();

  /** Starts the job on all that is in its inputs; returns its consumer group. */
  String start(Workload workload, String sink);

  /** Waits until the job has read and committed all that was in its inputs. */
  default void awaitConsumed(Cluster cluster, String group, Workload workload) {
    cluster.awaitConsumed(group, workload.inputs());
  }

  /** Stops the job; returns when it no longer runs. */
  void stop();

  /** CPU time of the program's process since it was started. */
  Duration cpu();

  /** Ends the process. */
  @Override
  void close();
}
