package dev.flagstream.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of this machine. */
final class FreePorts {

  private static final int TIMEOUT_MS = 1_000;

  private FreePorts() {}

  /** Whether something listens there. */
  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Picks four that nobody uses now. */
  static dev.flagstream.local.settings.Ports pick() {
    try (ServerSocket kafka = new ServerSocket(0);
        ServerSocket sql = new ServerSocket(0);
        ServerSocket connect = new ServerSocket(0);
        ServerSocket mongo = new ServerSocket(0)) {
      return new dev.flagstream.local.settings.Ports(
          kafka.getLocalPort(), sql.getLocalPort(), connect.getLocalPort(), mongo.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    }
  }
}
