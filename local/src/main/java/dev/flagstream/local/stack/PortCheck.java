package dev.flagstream.local.stack;

import dev.flagstream.local.failure.PortsTakenException;
import dev.flagstream.local.settings.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out before anything starts whether every listener will get its port. */
public final class PortCheck {

  /** A part of the stack that listens. */
  public enum Listener {
    KAFKA("the Kafka broker") {
      @Override
      int portOf(Ports ports) {
        return ports.kafka();
      }
    },
    SQL("the SQL server") {
      @Override
      int portOf(Ports ports) {
        return ports.sql();
      }
    },
    CONNECT("Kafka Connect") {
      @Override
      int portOf(Ports ports) {
        return ports.connect();
      }
    },
    MONGO("the document store") {
      @Override
      int portOf(Ports ports) {
        return ports.mongo();
      }
    };

    private final String component;

    Listener(String component) {
      this.component = component;
    }

    abstract int portOf(Ports ports);

    private Optional<String> advice(Ports ports) {
      return obstacle(portOf(ports))
          .map(
              obstacle ->
                  "Port %d, which %s needs, %s move it with --%s-port N (make: %s_PORT=N)."
                      .formatted(
                          portOf(ports),
                          component,
                          obstacle,
                          name().toLowerCase(Locale.ROOT),
                          name()));
    }
  }

  private static final int LONGEST_CONNECT_MS = 2_000;

  private PortCheck() {}

  /**
   * Checks the ports of all listeners.
   *
   * @throws PortsTakenException naming each port that is taken, and the option that moves it
   */
  public static void requireFree(Ports ports) {
    requireFree(ports, EnumSet.allOf(Listener.class));
  }

  /** As above, for some of the listeners. */
  public static void requireFree(Ports ports, Set<Listener> listeners) {
    String taken =
        listeners.stream()
            .map(listener -> listener.advice(ports))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    if (!taken.isEmpty()) {
      throw new PortsTakenException(taken);
    }
    requireDifferent(ports);
  }

  /** Whether nothing listens where this part would. */
  public static boolean isFree(Listener listener, Ports ports) {
    return obstacle(listener.portOf(ports)).isEmpty();
  }

  private static void requireDifferent(Ports ports) {
    Map<Integer, List<Listener>> byPort =
        Arrays.stream(Listener.values())
            .collect(Collectors.groupingBy(listener -> listener.portOf(ports)));
    byPort.forEach(
        (port, sharing) -> {
          if (sharing.size() > 1) {
            throw new PortsTakenException(
                "Port " + port + " is given to more than one part: " + sharing + ".");
          }
        });
  }

  /** What keeps a server from listening there, as the middle of a sentence. */
  private static Optional<String> obstacle(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: connections of a stack that has just stopped do not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          answers(port)
              ? "is taken. Stop what listens there, or"
              : "cannot be opened (%s). Free it, or".formatted(e.getMessage()));
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LONGEST_CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
