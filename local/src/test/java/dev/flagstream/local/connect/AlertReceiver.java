package dev.flagstream.local.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** An HTTP server that keeps what it was posted, and answers as it is told. */
public final class AlertReceiver implements AutoCloseable {

  /** The answer with which an alert is taken. */
  public static final int ACCEPTED = 204;

  /**
   * A request and its answer.
   *
   * @param status 0 if the connection was dropped without one
   */
  public record Posted(String id, String timestamp, String signature, String body, int status) {}

  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<String, Integer> answers;

  private AlertReceiver(HttpServer server, Function<String, Integer> answers) {
    this.server = server;
    this.answers = answers;
    server.createContext("/alerts", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts one.
   *
   * @param port 0 for any that is free
   * @param answers gives the status for a body, 0 to drop the connection
   */
  public static AlertReceiver start(int port, Function<String, Integer> answers)
      throws IOException {
    return new AlertReceiver(HttpServer.create(loopback(port), 0), answers);
  }

  /** The same by HTTPS. */
  static AlertReceiver overTls(SSLContext tls, Function<String, Integer> answers)
      throws IOException {
    HttpsServer server = HttpsServer.create(loopback(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new AlertReceiver(server, answers);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = answers.apply(body);
    posted.add(
        new Posted(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            body,
            status));
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  /** Its address. */
  public String url() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort()
        + "/alerts";
  }

  /** Everything it was posted, in the order of its answers. */
  public List<Posted> posted() {
    return posted;
  }

  /** The ids of what it took, again and again if it was posted again. */
  public List<String> acceptedIds() {
    return posted.stream().filter(each -> each.status() == ACCEPTED).map(Posted::id).toList();
  }

  /** Forgets what it was posted. */
  public void forget() {
    posted.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
