package dev.flagstream.local.connect;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.util.Set;

/** The sinks that a Connect worker has: they say where else decisions are beside MongoDB. */
public final class RegisteredSinks {

  private RegisteredSinks() {}

  /**
   * The names of the worker's connectors.
   *
   * @throws StackException if it does not say, with what it answered
   */
  public static Set<String> of(StackSettings settings) {
    try {
      return new ConnectClient(settings.connectUrl()).connectors();
    } catch (IOException | ServerException e) {
      throw new StackException(
          "Kafka Connect at %s does not say which sinks it has: %s"
              .formatted(settings.connectUrl(), e.getMessage()),
          e);
    }
  }
}
