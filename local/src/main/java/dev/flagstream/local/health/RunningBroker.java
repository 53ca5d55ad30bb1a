package dev.flagstream.local.health;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.PipelineAddresses;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.PortCheck;
import dev.flagstream.local.stack.PortCheck.Listener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

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
    boolean isHere = settings.elsewhere().kafka().isEmpty();
    if (isHere && PortCheck.isFree(Listener.KAFKA, settings.ports())) {
      throw noBroker(settings);
    }
    Map<String, Object> config = PipelineAddresses.clientProperties(settings.kafka());
    config.put("request.timeout.ms", PATIENCE_MS);
    config.put("default.api.timeout.ms", PATIENCE_MS);
    try (Admin admin = Admin.create(config)) {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        throw new StackException(
            "The Kafka broker at %s refuses the login of --kafka-config: %s"
                .formatted(settings.bootstrapServers(), e.getCause().getMessage()),
            e);
      }
      throw isHere ? noBroker(settings) : noBrokerElsewhere(settings, e.getCause());
    } catch (KafkaException e) {
      throw new StackException(
          "Kafka's clients do not take the settings of --kafka-config: "
              + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
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

  private static StackException noBrokerElsewhere(StackSettings settings, Throwable why) {
    return new StackException(
        ("No Kafka broker answers at %s: %s. Look at --bootstrap-servers and --kafka-config: a"
                + " broker that wants TLS or a login does not answer without.")
            .formatted(settings.bootstrapServers(), why.getMessage()),
        why);
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws StackException if no broker answers, or none that has the topic
   */
  public static void requireTopic(StackSettings settings, String topic) {
    if (topics(settings).contains(topic)) {
      return;
    }
    throw new StackException(
        settings.elsewhere().kafka().isEmpty()
            ? ("The broker at %s has no topic %s yet. Start the pipeline with 'make demo' or 'make"
                    + " up', or say where it is with --kafka-port (make: KAFKA_PORT=…).")
                .formatted(settings.bootstrapServers(), topic)
            : ("The broker at %s has no topic %s, or none that the login of --kafka-config may"
                    + " describe; deploy/acls.txt lists what an auditor needs.")
                .formatted(settings.bootstrapServers(), topic));
  }
}
