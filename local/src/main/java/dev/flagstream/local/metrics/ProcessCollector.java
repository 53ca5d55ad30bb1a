package dev.flagstream.local.metrics;

import dev.flagstream.local.failure.StackException;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import javax.management.MalformedObjectNameException;

/**
 * The figures of this process: of its JVM, and of the Kafka, Kafka Streams and Connect in it, by
 * the rules of a file that the agents in the containers read, too. What it takes is made when
 * Prometheus asks for the first time, so that no start waits for it. Thread-safe.
 */
final class ProcessCollector implements MultiCollector {

  private final Path rules;
  private PrometheusRegistry registry;

  /** Will select MBeans by these rules. */
  ProcessCollector(Path rules) {
    this.rules = rules;
  }

  @Override
  public MetricSnapshots collect() {
    return registry().scrape();
  }

  private synchronized PrometheusRegistry registry() {
    if (registry == null) {
      PrometheusRegistry made = new PrometheusRegistry();
      JvmMetrics.builder().register(made);
      try {
        new JmxCollector(rules.toFile()).register(made);
      } catch (IOException | MalformedObjectNameException e) {
        throw new StackException(
            "Cannot use the rules for JMX in " + rules + ": " + e.getMessage(), e);
      }
      registry = made;
    }
    return registry;
  }
}
