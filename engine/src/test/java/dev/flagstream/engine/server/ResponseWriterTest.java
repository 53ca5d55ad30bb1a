package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client that does not read costs. */
class ResponseWriterTest {

  private static final int MIB = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong pending = new AtomicLong();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void holdsOneMebibyteForAClientThatDoesNotReadWhateverTheSizeOfItsRows() {
    for (int size : new int[] {10, 1000, 100_000}) {
      pending.set(0);
      ResponseWriter writer = writer();
      Thread thread = new Thread(() -> writeOnAndOn(writer, Buffer.buffer(new byte[size])));
      thread.start();

      await().until(() -> thread.getState() == Thread.State.WAITING);
      assertThat(pending.get()).isPositive().isLessThanOrEqualTo(MIB);
      thread.interrupt();
    }
  }

  @Test
  void takesAChunkThatIsLargerThanItsRoom() throws InterruptedException {
    ResponseWriter writer = writer();

    assertThat(writer.write(Buffer.buffer(new byte[3 * MIB]))).isTrue();
    await().until(() -> pending.get() == 3 * MIB);
  }

  private static void writeOnAndOn(ResponseWriter writer, Buffer chunk) {
    try {
      while (writer.write(chunk)) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ResponseWriter writer() {
    CompletableFuture<ResponseWriter> made = new CompletableFuture<>();
    vertx.runOnContext(
        unused ->
            made.complete(
                new ResponseWriter(EventLoop.current(), responseNobodyReads(), () -> {})));
    return made.join();
  }

  /** Its writes never complete. */
  private HttpServerResponse responseNobodyReads() {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            HttpServerResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "write" -> {
                    pending.addAndGet(((Buffer) arguments[0]).length());
                    yield Promise.promise().future();
                  }
                  case "ended" -> false;
                  default -> proxy;
                });
  }
}
