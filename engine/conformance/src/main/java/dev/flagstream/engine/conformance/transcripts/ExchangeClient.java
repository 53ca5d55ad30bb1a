package dev.flagstream.engine.conformance.transcripts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.conformance.transcripts.Transcript.Answer;
import dev.flagstream.engine.conformance.transcripts.Transcript.Header;
import dev.flagstream.engine.conformance.transcripts.Transcript.Protocol;
import dev.flagstream.engine.conformance.transcripts.Transcript.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests as they were recorded and sees answers as they come over the wire: a usual HTTP
 * client would hide chunks and add headers.
 */
final class ExchangeClient implements AutoCloseable {

  private static final int ANSWER_TIMEOUT_MS = 60_000;

  private final URI server;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http2;

  ExchangeClient(URI server) {
    this.server = server;
    this.http2 =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  /**
   * Sends a request and reads the answer to its end.
   *
   * @param openForSeconds if there, how long to read an answer that is expected to stay open
   */
  Answer send(Request request, OptionalInt openForSeconds)
      throws IOException, InterruptedException {
    return request.protocol() == Protocol.HTTP_2
        ? sendHttp2(request)
        : sendHttp1(request, openForSeconds);
  }

  private Answer sendHttp1(Request request, OptionalInt openForSeconds) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(ANSWER_TIMEOUT_MS);
      byte[] body = request.body().getBytes(UTF_8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write((request.method() + " " + request.path() + " HTTP/1.1\r\n").getBytes(UTF_8));
      for (Header header : request.headers()) {
        String value =
            header.name().equalsIgnoreCase("host") ? server.getAuthority() : header.value();
        out.write((header.name() + ": " + value + "\r\n").getBytes(UTF_8));
      }
      out.write("\r\n".getBytes(UTF_8));
      out.write(body);
      socket.getOutputStream().write(out.toByteArray());
      return new Http1Reader(socket, openForSeconds).read();
    }
  }

  /** Reads one answer; a socket closed or silent too long ends it as far as it came. */
  private static final class Http1Reader {
    private final Socket socket;
    private final InputStream in;
    private final OptionalInt openForSeconds;
    private final List<Header> headers = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Http1Reader(Socket socket, OptionalInt openForSeconds) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.openForSeconds = openForSeconds;
    }

    Answer read() throws IOException {
      int status = Integer.parseInt(line().split(" ", -1)[1]);
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).trim()));
      }
      boolean chunked =
          headers.stream()
              .anyMatch(
                  header ->
                      header.name().equalsIgnoreCase("transfer-encoding")
                          && header.value().equalsIgnoreCase("chunked"));
      return chunked ? readChunks(status) : readWhole(status);
    }

    private Answer readWhole(int status) throws IOException {
      int length =
          headers.stream()
              .filter(header -> header.name().equalsIgnoreCase("content-length"))
              .mapToInt(header -> Integer.parseInt(header.value()))
              .findFirst()
              .orElse(0);
      body.write(in.readNBytes(length));
      return answer(status, OptionalInt.empty(), OptionalInt.empty());
    }

    private Answer readChunks(int status) throws IOException {
      long deadline =
          openForSeconds.isPresent()
              ? System.nanoTime() + TimeUnit.SECONDS.toNanos(openForSeconds.getAsInt())
              : Long.MAX_VALUE;
      int chunks = 0;
      try {
        while (true) {
          if (openForSeconds.isPresent()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            socket.setSoTimeout((int) Math.max(1, leftMs));
          }
          int length = Integer.parseInt(line().trim(), 16);
          byte[] chunk = in.readNBytes(length);
          line();
          if (length == 0) {
            return answer(status, OptionalInt.of(chunks), OptionalInt.empty());
          }
          chunks++;
          body.write(chunk);
        }
      } catch (SocketTimeoutException e) {
        return answer(status, OptionalInt.of(chunks), openForSeconds);
      }
    }

    private Answer answer(int status, OptionalInt chunks, OptionalInt open) {
      return new Answer(status, headers, body.toString(UTF_8), chunks, open);
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("The server closed the connection in the middle of an answer");
        }
        line.write(next);
      }
      String text = line.toString(ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }

  private Answer sendHttp2(Request request) throws IOException, InterruptedException {
    Future<Answer> answer =
        http2
            .request(
                HttpMethod.valueOf(request.method()),
                server.getPort(),
                server.getHost(),
                request.path())
            .compose(
                sent -> {
                  request
                      .headers()
                      .forEach(header -> sent.putHeader(header.name(), header.value()));
                  return sent.send(Buffer.buffer(request.body()));
                })
            .compose(
                response ->
                    response
                        .body()
                        .map(
                            body ->
                                new Answer(
                                    response.statusCode(),
                                    response.headers().entries().stream()
                                        .map(entry -> new Header(entry.getKey(), entry.getValue()))
                                        .toList(),
                                    body.toString(),
                                    OptionalInt.empty(),
                                    OptionalInt.empty())));
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("No answer over HTTP/2", e);
    }
  }

  @Override
  public void close() {
    Future<Void> unused = vertx.close();
  }
}
