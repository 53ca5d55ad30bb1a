package dev.flagstream.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageFilesTest {

  private final PageFiles files = new PageFiles("/dev/flagstream/dashboard/web/", Map.of());
  private final HttpClient browser = HttpClient.newHttpClient();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.get("/:file").handler(files::named);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(1, TimeUnit.MINUTES)
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void keepsInMemoryOnlyWhatThereIsHoweverManyNamesAreAskedFor() throws Exception {
    assertThat(status("index.html")).isEqualTo(200);
    for (int number = 0; number < 100; number++) {
      assertThat(status("made-up-" + number + ".js")).isEqualTo(404);
    }
    assertThat(status("index.html")).isEqualTo(200);

    assertThat(files.kept()).isEqualTo(1);
  }

  private int status(String name) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + "/" + name);
    return browser
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
