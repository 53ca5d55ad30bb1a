package dev.flagstream.engine.server;

import static dev.flagstream.engine.server.MediaTypes.DELIMITED;
import static dev.flagstream.engine.server.MediaTypes.JSON;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.statement.StatementExecutor;
import dev.flagstream.engine.statement.entity.EntityJson;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.rows.RowInserter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * {@code /inserts-stream}: rows come in one line each, and each is acknowledged once it is in its
 * topic. The next line is not read before the last one has been handed to Kafka, nor while the
 * client leaves acknowledgements unread; a line has 1 MiB at most. So a request of any length needs
 * bounded memory.
 */
final class InsertsStream {

  private static final int MAX_LINE_BYTES = 1024 * 1024;

  private final StatementExecutor statements;
  private final ExecutorService threads;

  InsertsStream(StatementExecutor statements, ExecutorService threads) {
    this.statements = statements;
    this.threads = threads;
  }

  void handle(RoutingContext request) {
    if (request.request().version() != HttpVersion.HTTP_2) {
      Answers.unreadable(
          request.response(),
          RequestException.generic(
              Code.HTTP2_ONLY, "This endpoint is only available when using HTTP2"));
      return;
    }
    String type = ContentNegotiation.choose(request, List.of(DELIMITED, JSON)).orElse(DELIMITED);
    new Stream(EventLoop.current(), request.response(), type.equals(JSON)).read(request);
  }

  /** One request; all fields are touched on its event loop only. */
  private final class Stream {
    private final EventLoop loop;
    private final HttpServerResponse response;
    private final boolean asArray;
    private RecordParser lines;
    private RowInserter.Target target;
    private long nextSequence;
    private long unacknowledged;
    private boolean handedOver = true;
    private boolean requestEnded;
    private boolean anyAnswer;

    /** What is told last, once those rows are acknowledged that were handed over before. */
    private Buffer refusal;

    private boolean done;

    Stream(EventLoop loop, HttpServerResponse response, boolean asArray) {
      this.loop = loop;
      this.response = response;
      this.asArray = asArray;
    }

    void read(RoutingContext request) {
      response.exceptionHandler(failure -> done = true);
      lines = RecordParser.newDelimited("\n", request.request()).maxRecordSize(MAX_LINE_BYTES);
      lines.exceptionHandler(this::fail);
      lines.endHandler(
          ended -> {
            requestEnded = true;
            endIfComplete();
          });
      lines.handler(this::line);
    }

    private void line(Buffer line) {
      if (done || refusal != null || line.toString().isBlank()) {
        return;
      }
      lines.pause();
      handedOver = false;
      if (target == null) {
        threads.execute(() -> findTarget(line));
      } else {
        long sequence = nextSequence++;
        unacknowledged++;
        threads.execute(() -> insert(line, sequence));
      }
    }

    private void findTarget(Buffer line) {
      try {
        RowInserter.Target found = statements.insertTarget(RequestBodies.insertTarget(line));
        loop.run(
            () -> {
              target = found;
              // The headers go out now: the client may wait for them before it sends rows.
              response.setChunked(true).writeHead();
              next();
            });
      } catch (SqlException e) {
        loop.run(() -> fail(RequestException.generic(Code.BAD_STATEMENT, e.getMessage())));
      } catch (RuntimeException e) {
        loop.run(() -> fail(e));
      }
    }

    private void insert(Buffer line, long sequence) {
      try {
        target.writeJson(
            RequestBodies.row(line), failure -> loop.run(() -> acknowledge(sequence, failure)));
        loop.run(() -> next());
      } catch (RuntimeException e) {
        loop.run(() -> acknowledge(sequence, e));
      }
    }

    private void next() {
      handedOver = true;
      if (response.writeQueueFull()) {
        response.drainHandler(drained -> lines.resume());
      } else {
        lines.resume();
      }
      endIfComplete();
    }

    private void acknowledge(long sequence, Throwable failure) {
      unacknowledged--;
      if (done) {
        return;
      }
      if (failure == null) {
        write(acknowledgement(sequence));
      } else if (refusal == null) {
        refusal = error(sequence, failure);
      }
      endIfComplete();
    }

    private static Buffer acknowledgement(long sequence) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("seq", sequence);
      body.put("status", "ok");
      return Buffer.buffer(EntityJson.write(body));
    }

    private static Buffer error(long sequence, Throwable failure) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("@type", "InsertError");
      body.put("status", "error");
      body.put("seq", sequence);
      body.put("message", String.valueOf(failure.getMessage()));
      body.put("error_code", Code.BAD_REQUEST.number());
      return Buffer.buffer(EntityJson.write(body));
    }

    private void write(Buffer answer) {
      if (asArray) {
        response.write(Buffer.buffer(anyAnswer ? "," : "[").appendBuffer(answer));
      } else {
        response.write(answer.appendString("\n"));
      }
      anyAnswer = true;
    }

    private void endIfComplete() {
      if (done || unacknowledged > 0) {
        return;
      }
      if (refusal != null) {
        write(refusal);
        end();
      } else if (requestEnded && handedOver) {
        end();
      }
    }

    private void end() {
      done = true;
      if (target == null) {
        Answers.unreadable(
            response,
            RequestException.generic(
                Code.BAD_REQUEST, "The first line must name the target of the rows"));
      } else if (asArray) {
        response.end(anyAnswer ? "]" : "[]");
      } else {
        response.end();
      }
    }

    private void fail(Throwable failure) {
      if (done) {
        return;
      }
      done = true;
      if (response.headWritten()) {
        response.reset();
      } else {
        Answers.unreadable(response, failure);
      }
    }
  }
}
