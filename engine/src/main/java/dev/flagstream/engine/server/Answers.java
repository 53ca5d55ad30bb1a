package dev.flagstream.engine.server;

import dev.flagstream.engine.statement.entity.EntityJson;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers that are there as a whole. All methods are for the event loop. */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static void json(HttpServerResponse response, int status, byte[] body) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON)
        .end(Buffer.buffer(body));
  }

  /** JSON content type and no body, as ksqlDB answers for what is switched off. */
  static void emptyNotFound(HttpServerResponse response) {
    response.setStatusCode(404).putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON).end();
  }

  static void notFound(HttpServerResponse response) {
    response.setStatusCode(404).end("Not Found");
  }

  /** An error of a statement or of an endpoint that answers in JSON. */
  static void error(HttpServerResponse response, Throwable failure) {
    RequestException error = asRequestException(failure);
    json(response, error.httpStatus(), EntityJson.write(error.body()));
  }

  /** An error of a request that could not be read; ksqlDB gives it no content type. */
  static void unreadable(HttpServerResponse response, Throwable failure) {
    RequestException error = asRequestException(failure);
    response.setStatusCode(error.httpStatus()).end(Buffer.buffer(EntityJson.write(error.body())));
  }

  /** An error of an endpoint whose answers are chunked, before the first chunk. */
  static void chunkedError(HttpServerResponse response, Throwable failure) {
    RequestException error = asRequestException(failure);
    response
        .setChunked(true)
        .setStatusCode(error.httpStatus())
        .end(Buffer.buffer(EntityJson.write(error.body())));
  }

  /** The answer to a client about a failure; unexpected failures are logged. */
  static RequestException asRequestException(Throwable failure) {
    if (failure instanceof RequestException known) {
      return known;
    }
    LOG.error("A request failed unexpectedly", failure);
    return RequestException.generic(Code.SERVER_ERROR, String.valueOf(failure.getMessage()));
  }
}
