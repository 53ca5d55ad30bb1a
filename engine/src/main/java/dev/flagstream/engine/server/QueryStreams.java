package dev.flagstream.engine.server;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.runtime.RowTaker;
import dev.flagstream.engine.statement.StatementExecutor;
import dev.flagstream.engine.statement.request.QueryAnswer;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.request.StatementRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** The queries whose rows are on their way to clients; each has a thread of its own. */
final class QueryStreams {

  /** How much of a pull query's answer is gathered before it is sent. */
  private static final int GATHERED_BYTES = 64 * 1024;

  private final StatementExecutor statements;
  private final ExecutorService threads;
  private final Map<String, QueryAnswer> open = new ConcurrentHashMap<>();

  QueryStreams(StatementExecutor statements, ExecutorService threads) {
    this.statements = statements;
    this.threads = threads;
  }

  /** Starts a query and sends its rows; to be called on the response's event loop. */
  void start(HttpServerResponse response, String mediaType, StatementRequest request) {
    new Stream(EventLoop.current(), response, mediaType).run(request);
  }

  /**
   * Ends a query; its client gets the end of the answer.
   *
   * @throws RequestException if there is none of this id
   */
  void close(String queryId) {
    QueryAnswer answer = open.get(queryId);
    if (answer == null) {
      throw RequestException.generic(Code.BAD_REQUEST, "No query with id " + queryId);
    }
    answer.close();
  }

  /** Ends all queries. */
  void closeAll() {
    open.values().forEach(QueryAnswer::close);
  }

  /** One answer under way. */
  private final class Stream {
    private final EventLoop loop;
    private final HttpServerResponse response;
    private final String mediaType;
    private final ResponseWriter writer;
    private final AtomicReference<QueryAnswer> answer = new AtomicReference<>();

    Stream(EventLoop loop, HttpServerResponse response, String mediaType) {
      this.loop = loop;
      this.response = response;
      this.mediaType = mediaType;
      this.writer = new ResponseWriter(loop, response, this::clientGone);
    }

    void run(StatementRequest request) {
      threads.execute(() -> answer(request));
    }

    private void clientGone() {
      QueryAnswer running = answer.get();
      if (running != null) {
        // Ending a query may take a while; the event loop must not wait for it.
        threads.execute(running::close);
      }
    }

    private void answer(StatementRequest request) {
      QueryAnswer started;
      try {
        started = statements.query(request);
      } catch (RuntimeException e) {
        loop.run(() -> Answers.chunkedError(response, e));
        return;
      }
      answer.set(started);
      try {
        if (!writer.isClosed()) {
          send(started);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        started.close();
        writer.end();
      }
    }

    private void send(QueryAnswer started) throws InterruptedException {
      if (started instanceof QueryAnswer.Rows rows) {
        sendRows(rows);
      } else if (started instanceof QueryAnswer.Text text) {
        setContentType(MediaTypes.JSON);
        text.forEach(piece -> writer.write(Buffer.buffer(piece)));
      }
    }

    private void sendRows(QueryAnswer.Rows rows) throws InterruptedException {
      ResultFormat format = ResultFormat.of(mediaType, rows.isStreaming());
      Buffer header;
      try {
        header = format.header(rows.queryId(), rows.columns());
      } catch (UnsupportedFeatureException e) {
        RequestException refusal = RequestException.generic(Code.BAD_REQUEST, e.getMessage());
        loop.run(() -> Answers.chunkedError(response, refusal));
        return;
      }
      setContentType(format.contentType());
      open.put(rows.queryId(), rows);
      try {
        Gathered gathered = new Gathered(format.gathersRows());
        gathered.write(header);
        try {
          String message = rows.forEach(gathered.rowsIn(format));
          for (Buffer chunk : format.end(message)) {
            gathered.write(chunk);
          }
        } catch (RuntimeException e) { // the status has been sent; the body must tell it
          gathered.write(format.error(Answers.asRequestException(e).body()));
        }
        gathered.flush();
      } finally {
        open.remove(rows.queryId());
      }
    }

    private void setContentType(String contentType) {
      loop.run(() -> response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, contentType));
    }

    /** Writes at once, or in larger pieces where all rows are there anyway. */
    private final class Gathered {
      private final boolean gathers;
      private Buffer pending = Buffer.buffer();

      Gathered(boolean gathers) {
        this.gathers = gathers;
      }

      boolean write(Buffer chunk) throws InterruptedException {
        if (!gathers) {
          return chunk.length() == 0 || writer.write(chunk);
        }
        pending.appendBuffer(chunk);
        return pending.length() < GATHERED_BYTES || flush();
      }

      RowTaker rowsIn(ResultFormat format) {
        return new RowTaker() {
          @Override
          public boolean accept(Object[] values) throws InterruptedException {
            return write(format.row(values));
          }

          @Override
          public boolean deleted(Object[] values) throws InterruptedException {
            return write(format.deletedRow(values));
          }
        };
      }

      boolean flush() throws InterruptedException {
        if (pending.length() == 0) {
          return true;
        }
        Buffer full = pending;
        pending = Buffer.buffer();
        return writer.write(full);
      }
    }
  }
}
