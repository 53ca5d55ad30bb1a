package dev.flagstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against a worker that answers as it is told. */
class ConnectClientTest {

  /** Who has written as much knows that it is being read. */
  private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Whoever stops a thread that asks a server must not wait until the server has done. */
  @Test
  void givesUpWhenItIsInterruptedInTheMiddleOfAnAnswer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService workers = Executors.newCachedThreadPool();
    server.setExecutor(workers);
    server.createContext(
        "/connectors",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write(" ".repeat(MORE_THAN_SOCKETS_HOLD).getBytes(StandardCharsets.UTF_8));
          begun.countDown();
          awaitQuietly(asked);
          exchange.close();
        });
    server.start();
    ConnectClient client = new ConnectClient("http://127.0.0.1:" + server.getAddress().getPort());
    CompletableFuture<IOException> outcome = new CompletableFuture<>();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                outcome.completeExceptionally(
                    new AssertionError("answered " + client.failedConnectors()));
              } catch (IOException e) {
                outcome.complete(e);
              }
              stillInterrupted.complete(Thread.currentThread().isInterrupted());
            });
    try {
      caller.start();
      begun.await();

      caller.interrupt();

      assertThat(outcome.join()).isInstanceOf(InterruptedIOException.class);
      assertThat(stillInterrupted.join()).isTrue();
    } finally {
      asked.countDown();
      server.stop(0);
      workers.shutdown();
    }
  }

  @Test
  void waitsForAWorkerWhoseServerListensBeforeItsResourcesAreThere() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger requests = new AtomicInteger();
    server.createContext(
        "/connectors",
        exchange -> {
          boolean there = requests.incrementAndGet() > 2;
          byte[] answer =
              (there ? "[]" : "<html>Not Found</html>").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(there ? 200 : 404, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      new ConnectClient("http://127.0.0.1:" + server.getAddress().getPort())
          .awaitReady(Duration.ofMinutes(3));

      assertThat(requests).hasValue(3);
    } finally {
      server.stop(0);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
