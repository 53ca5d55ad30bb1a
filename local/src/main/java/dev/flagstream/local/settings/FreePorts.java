package dev.flagstream.local.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports of loopback on which nobody listens at the moment. Between now and their use, another
 * program may take them. Thread-safe.
 */
public final class FreePorts {

  private FreePorts() {}

  /**
   * Ports for a whole stack, all different.
   *
   * @throws UncheckedIOException if the machine has none left
   */
  public static Ports pick() {
    List<Integer> ports = pick(4);
    return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
  }

  /** Ports of which only the broker's is free, for a stack of which nothing else is started. */
  public static Ports pickForBroker() {
    Ports others = Ports.DEFAULT;
    return new Ports(pickOne(), others.sql(), others.connect(), others.mongo());
  }

  /**
   * One port.
   *
   * @throws UncheckedIOException if the machine has none left
   */
  public static int pickOne() {
    return pick(1).get(0);
  }

  /** All are taken before one is given back, so that they differ. */
  private static List<Integer> pick(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
