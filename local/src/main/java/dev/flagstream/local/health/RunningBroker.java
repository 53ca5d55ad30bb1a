package dev.flagstream.local.health;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The broker that a command needs: asked in seconds rather than in a client's minutes. */
public final class RunningBroker {

  /**
   * A broker on a busy machine answers within it, and where there is none nobody waits for long.
   */
  private static final int PATIENCE_MS = 10_000;

  private RunningBroker() {}

  /**
   * The names of the topics of the running broker.
   *
   * @throws StackException saying where none answers and what to do
   */
  public static Set<String> topics(StackSettings settings) {
    if (PortCheck.isFree(Listener.KAFKA, settings.ports())) {
      throw noBroker(settings);
    }
    Map<String, Object> config =
        Map.<String, Object>of(
            "bootstrap.servers", settings.bootstrapServers(),
            "request.timeout.ms", PATIENCE_MS,
            "default.api.timeout.ms", PATIENCE_MS);
    try (Admin admin = Admin.create(config)) {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw noBroker(settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while it asked the broker.", e);
    }
  }

  private static StackException noBroker(StackSettings settings) {
    return new StackException(
        ("No Kafka broker answers at %s. Start it with 'make demo' or 'make up', or say where it is"
                + " with --kafka-port (make: KAFKA_PORT=…).")
            .formatted(settings.bootstrapServers()));
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws StackException if no broker answers, or none that has the topic
   */
  public static void requireTopic(StackSettings settings, String topic) {
    if (!topics(settings).contains(topic)) {
      throw new StackException(
          ("The broker at %s has no topic %s yet. Start the pipeline with 'make demo' or 'make up',"
                  + " or say where it is with --kafka-port (make: KAFKA_PORT=…).")
              .formatted(settings.bootstrapServers(), topic));
    }
  }
}
