package dev.flagstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** A server's REST API: JSON over HTTP 1.1. Safe for use by many threads. */
public final class RestApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final int OK_BELOW = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final URI base;
  private final Optional<String> authorization;

  /**
   * The API of a server.
   *
   * @param base such as {@code http://127.0.0.1:8088}
   * @param credentials user, colon, password, for a server that asks who is there
   */
  public RestApi(URI base, Optional<String> credentials) {
    this.base = URI.create(base + (base.toString().endsWith("/") ? "" : "/"));
    this.authorization =
        credentials.map(
            plain -> "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)));
  }

  /** Whether an address answers, without an error, within two seconds. */
  public static boolean answers(URI address) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(PROBE_TIMEOUT).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() < OK_BELOW;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  URI base() {
    return base;
  }

  /** A request for a path that does not begin with a slash. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /**
   * Sends a request and reads the whole answer. May be interrupted at any time, also in the middle
   * of the answer: a stream of JDK 17's client would not notice.
   *
   * @return a missing node if the answer is empty
   * @throws ErrorAnswerException if its status tells of an error
   * @throws IOException if there is no answer, or it is no JSON
   */
  public JsonNode json(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= OK_BELOW) {
      throw refusal(request, response.statusCode(), response.body());
    }
    return JSON.readTree(response.body());
  }

  /**
   * Sends a request whose answer is read as it comes; the caller closes it.
   *
   * @throws ErrorAnswerException if its status tells of an error
   * @throws IOException if there is no answer
   */
  InputStream stream(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() < OK_BELOW) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw refusal(request, response.statusCode(), body.readAllBytes());
    }
  }

  private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException {
    try {
      return HTTP.send(request, handler);
    } catch (ConnectException e) {
      // The JDK's client leaves the message out when nobody listens.
      throw withReason(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw withCause(new InterruptedIOException("interrupted while calling " + request.uri()), e);
    }
  }

  private static ErrorAnswerException refusal(HttpRequest request, int status, byte[] body) {
    return ErrorAnswerException.of(
        request.method() + " " + request.uri(), status, new String(body, UTF_8));
  }

  private static IOException withReason(ConnectException e) {
    return e.getMessage() == null ? withCause(new ConnectException("nothing listens there"), e) : e;
  }

  private static IOException withCause(IOException problem, Exception cause) {
    problem.initCause(cause);
    return problem;
  }
}
