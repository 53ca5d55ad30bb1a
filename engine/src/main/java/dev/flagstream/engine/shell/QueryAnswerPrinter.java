package dev.flagstream.engine.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.shell.ShellSession.OutputFormat;
import dev.flagstream.engine.shell.ShellSession.QueryLimits;
import dev.flagstream.engine.shell.ShellSession.RowStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Shows the rows of a SELECT, or the records of a PRINT, as they come. */
final class QueryAnswerPrinter {

  private static final JsonFactory JSON = new JsonFactory();

  private final Screen screen;
  private final OutputFormat format;
  private final RowStyle style;
  private final QueryLimits limits;
  private TextTable.Streamed table;
  private long rows;

  QueryAnswerPrinter(Screen screen, ShellSession session) {
    this.screen = screen;
    this.format = session.output();
    this.style = session.rowStyle();
    this.limits = session.limits();
  }

  /** A query that is to be asked for its rows. */
  interface Query {
    /** Waits until the server has taken the query; may be interrupted. */
    InputStream start() throws SqlError;
  }

  /**
   * Shows all there is; an interrupt by the user ends the query and nothing else, also while the
   * server is still at work on its beginning.
   *
   * @throws SqlError if the query fails
   */
  void print(Query query) throws SqlError {
    Stop stop = new Stop(Thread.currentThread());
    Screen.Interrupt interrupt = screen.onInterrupt(stop);
    try {
      printAnswer(query.start(), stop);
    } catch (SqlError e) {
      if (!stop.isAskedFor()) {
        throw e;
      }
    } finally {
      interrupt.close();
      stop.over();
    }
    if (stop.isAskedFor()) {
      screen.print("Query terminated");
    }
  }

  private void printAnswer(InputStream answer, Stop stop) throws SqlError {
    stop.started(answer);
    Runnable clock = stopInTime(stop);
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer, UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        line(line);
        if (limits.rows().isPresent() && rows >= limits.rows().getAsLong()) {
          stop.run();
          break;
        }
        line = lines.readLine();
      }
      end();
    } catch (IOException e) {
      throw new SqlError("The connection broke while rows came: " + e.getMessage(), e);
    } finally {
      clock.run();
    }
  }

  /** Ends a query, whether it waits to begin or its rows come. Safe for use by many threads. */
  private static final class Stop implements Runnable {
    private final Thread asking;
    private InputStream answer;
    private boolean askedFor;
    private boolean over;

    Stop(Thread asking) {
      this.asking = asking;
    }

    @Override
    public synchronized void run() {
      if (over) {
        return;
      }
      askedFor = true;
      if (answer == null) {
        asking.interrupt();
      } else {
        close(answer);
      }
    }

    /** From now on the end is that of the answer. */
    synchronized void started(InputStream rows) {
      answer = rows;
      if (askedFor) {
        close(rows);
      }
    }

    /** From now on there is nothing to end, and the thread is not interrupted any more. */
    synchronized void over() {
      over = true;
      if (askedFor) {
        boolean unused = Thread.interrupted();
      }
    }

    synchronized boolean isAskedFor() {
      return askedFor;
    }
  }

  /** Stops the query once its time is over; to be undone by running the result. */
  private Runnable stopInTime(Runnable stop) {
    if (limits.time().isEmpty()) {
      return () -> {};
    }
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "query-timeout");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        clock.schedule(stop, limits.time().get().toMillis(), TimeUnit.MILLISECONDS);
    return clock::shutdownNow;
  }

  private static void close(InputStream answer) {
    try {
      answer.close();
    } catch (IOException e) {
      // The connection is gone, which is what was asked for.
    }
  }

  private void end() {
    if (table != null && rows == 0 && format == OutputFormat.TABULAR) {
      screen.print("No rows.");
    }
  }

  /** A line holds one object of the array that the answer is as a whole; PRINT answers in text. */
  private void line(String line) throws SqlError {
    String object = withoutArray(line.strip());
    if (object.isEmpty()) {
      return;
    }
    if (!object.startsWith("{\"")) {
      rows += isPrintedRecord(line) ? 1 : 0;
      screen.print(line);
      return;
    }
    JsonNode json = ServerClient.parse(object);
    if (json.has("errorMessage")) {
      throw new SqlError(json.path("errorMessage").path("message").asText());
    }
    if (format == OutputFormat.JSON) {
      rows += json.has("row") ? 1 : 0;
      screen.print(object);
    } else {
      print(json, object);
    }
  }

  /** PRINT begins with lines that tell the formats. */
  private static boolean isPrintedRecord(String line) {
    return line.startsWith("rowtime: ");
  }

  private static String withoutArray(String line) {
    String object = line.startsWith("[{") ? line.substring(1) : line;
    if (object.endsWith("}]")) {
      object = object.substring(0, object.length() - 1);
    }
    if (object.endsWith("},")) {
      object = object.substring(0, object.length() - 1);
    }
    return object.equals("]") ? "" : object;
  }

  private void print(JsonNode json, String asSent) throws SqlError {
    if (json.has("header")) {
      List<String> columns = columnsOf(json.path("header").path("schema").asText());
      table = new TextTable.Streamed(columns, screen.width(), style);
      screen.print(table.header());
    } else if (json.has("row") && table != null) {
      rows++;
      List<String> cells = cellsOf(asSent);
      screen.print(
          table.row(json.path("row").path("tombstone").asBoolean() ? ofDeleted(cells) : cells));
    } else if (json.has("finalMessage")) {
      screen.print(json.path("finalMessage").asText());
    }
  }

  /** The names in a schema such as {@code `A` STRING KEY, `B` STRUCT<`C` INTEGER>}. */
  static List<String> columnsOf(String schema) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    for (int at = 0; at < schema.length(); at++) {
      char c = schema.charAt(at);
      if (c == '<' || c == '(') {
        depth++;
      } else if (c == '>' || c == ')') {
        depth--;
      } else if (c == '`') {
        int end = schema.indexOf('`', at + 1);
        if (depth == 0) {
          names.add(schema.substring(at + 1, end));
        }
        at = end;
      }
    }
    return names;
  }

  /**
   * The values of a row, in the digits that the server sent: one that is read as a number loses
   * those that a double has no room for, and zeros at its end.
   */
  static List<String> cellsOf(String row) throws SqlError {
    try (JsonParser json = JSON.createParser(row)) {
      JsonToken token = json.nextToken();
      while (token != null && !isStartOfColumns(json)) {
        token = json.nextToken();
      }
      List<String> cells = new ArrayList<>();
      while (token != null && json.nextToken() != JsonToken.END_ARRAY) {
        cells.add(json.currentToken().isStructStart() ? structure(json, row) : json.getText());
      }
      return cells;
    } catch (IOException e) {
      throw new SqlError("The server sent a row that is no JSON: " + row, e);
    }
  }

  /** The cells of a deleted row, of which only the key is left. */
  private static List<String> ofDeleted(List<String> cells) {
    return cells.stream().map(cell -> cell.equals("null") ? "<TOMBSTONE>" : cell).toList();
  }

  private static boolean isStartOfColumns(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.START_ARRAY && "columns".equals(json.currentName());
  }

  /** The array or object that begins here. */
  private static String structure(JsonParser json, String row) throws IOException {
    int start = offset(json);
    json.skipChildren();
    return row.substring(start, offset(json) + 1);
  }

  private static int offset(JsonParser json) {
    return (int) json.currentTokenLocation().getCharOffset();
  }
}
