package dev.flagstream.dashboard.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import dev.flagstream.client.ServerException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers; every error is a sentence in JSON. Stateless and thread-safe. */
public final class HttpAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(HttpAnswers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int INTERNAL_ERROR = 500;
  private static final int BAD_GATEWAY = 502;

  private HttpAnswers() {}

  /**
   * Works an answer out beside the event loop and sends it as JSON.
   *
   * @param work gives what Jackson can write; null for "not found"
   */
  public static void compute(RoutingContext request, Callable<?> work) {
    compute(request, work, nothingAt(request));
  }

  /**
   * The same.
   *
   * @param otherwise the sentence for "not found"
   */
  public static void compute(RoutingContext request, Callable<?> work, String otherwise) {
    request
        .vertx()
        .executeBlocking(() -> written(work.call()), false)
        .onSuccess(
            body -> {
              if (body == null) {
                error(request.response(), NOT_FOUND, otherwise);
              } else {
                json(request.response(), OK, body);
              }
            })
        .onFailure(problem -> error(request, problem));
  }

  private static Buffer written(Object body) {
    try {
      return body == null ? null : Buffer.buffer(JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that there is no such page or thing. */
  public static void notFound(RoutingContext request) {
    error(request.response(), NOT_FOUND, nothingAt(request));
  }

  private static String nothingAt(RoutingContext request) {
    return "There is nothing at " + request.request().path();
  }

  /** Sends the sentence that fits what went wrong. */
  public static void error(RoutingContext request, Throwable problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (problem instanceof UnusableRequestException) {
      error(response, BAD_REQUEST, problem.getMessage());
    } else if (problem instanceof MongoTimeoutException) {
      error(response, BAD_GATEWAY, "MongoDB does not answer. Is the pipeline running (make demo)?");
    } else if (problem instanceof MongoException) {
      error(response, BAD_GATEWAY, "MongoDB says: " + problem.getMessage());
    } else if (problem instanceof ServerException) {
      error(response, BAD_GATEWAY, problem.getMessage());
    } else {
      LOG.error("{} failed", request.request().path(), problem);
      error(response, INTERNAL_ERROR, "This failed unexpectedly; the dashboard's log tells more.");
    }
  }

  /** Sends an error. */
  public static void error(HttpServerResponse response, int status, String sentence) {
    json(response, status, written(Map.of("error", sentence)));
  }

  private static void json(HttpServerResponse response, int status, Buffer body) {
    if (response.ended() || response.closed()) {
      return;
    }
    Future<Void> unused =
        response
            .setStatusCode(status)
            .putHeader("content-type", "application/json; charset=utf-8")
            .putHeader("cache-control", "no-store")
            .end(body);
  }
}
