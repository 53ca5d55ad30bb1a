package dev.flagstream.engine.server;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Gives all test classes of a run the same Kafka cluster; it stops after the last of them. */
public final class TestCluster implements BeforeAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(TestCluster.class);
  private static volatile TestBroker broker;

  @Override
  public void beforeAll(ExtensionContext context) {
    broker =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("broker", key -> new Shared(TestBroker.start()), Shared.class)
            .broker();
  }

  /** Where clients of the cluster connect. */
  public static String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Closed by JUnit when the run ends. */
  private record Shared(TestBroker broker) implements AutoCloseable {
    @Override
    public void close() {
      broker.close();
    }
  }
}
