package dev.flagstream.engine.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.shell.ShellSession.OutputFormat;
import dev.flagstream.engine.shell.ShellSession.QueryLimits;
import dev.flagstream.engine.shell.ShellSession.RowStyle;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QueryAnswerPrinterTest {

  private final StringWriter out = new StringWriter();
  private final Screen screen =
      new PlainScreen(new PrintWriter(out), new PrintWriter(out), Screen.DEFAULT_WIDTH);

  private void print(OutputFormat format, String answer) throws SqlError {
    print(new ShellSession(format), answer);
  }

  private void print(ShellSession session, String answer) throws SqlError {
    new QueryAnswerPrinter(screen, session)
        .print(() -> new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }

  @Test
  void endsAQueryThatTheServerHasNotBegunYet() throws SqlError {
    AtomicReference<Runnable> interrupt = new AtomicReference<>();
    Screen interruptible = new InterruptibleScreen(screen, interrupt);

    new QueryAnswerPrinter(interruptible, new ShellSession(OutputFormat.TABULAR))
        .print(
            () -> {
              interrupt.get().run();
              throw whatAnInterruptedCallThrows();
            });

    assertThat(out.toString()).isEqualToIgnoringNewLines("Query terminated");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** Waits, as a call of a server does, for what does not come. */
  private static SqlError whatAnInterruptedCallThrows() {
    try {
      boolean unused = new CountDownLatch(1).await(1, TimeUnit.MINUTES);
      return new SqlError("It was answered");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SqlError("No answer", e);
    }
  }

  /** A screen whose user interrupts when the test says so. */
  private record InterruptibleScreen(Screen screen, AtomicReference<Runnable> asked)
      implements Screen {
    @Override
    public int width() {
      return screen.width();
    }

    @Override
    public void print(String text) {
      screen.print(text);
    }

    @Override
    public void show(String text) {
      screen.show(text);
    }

    @Override
    public void error(String text) {
      screen.error(text);
    }

    @Override
    public Interrupt onInterrupt(Runnable action) {
      asked.set(action);
      return () -> asked.set(() -> {});
    }
  }

  @Test
  void namesOnlyTheOuterColumnsOfASchema() {
    assertThat(
            QueryAnswerPrinter.columnsOf(
                "`ID` STRING KEY, `PLACE` STRUCT<`CITY` STRING, `AT` ARRAY<DECIMAL(5, 2)>>, `N` INTEGER"))
        .containsExactly("ID", "PLACE", "N");
  }

  @Test
  void setsRowsInColumns() throws SqlError {
    print(
        OutputFormat.TABULAR,
        """
        [{"header":{"queryId":"q","schema":"`A` STRING KEY, `B` DOUBLE"}},
        {"row":{"columns":["x",1.5]}},
        {"row":{"columns":[null,-2.0]}},
        {"finalMessage":"Limit Reached"}]
        """);

    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly(
            "A | B",
            out.toString().lines().toList().get(1).strip(),
            "x | 1.5",
            "null | -2.0",
            "Limit Reached");
    assertThat(out.toString().lines().toList().get(1)).matches("-+\\+-+");
  }

  @Test
  void showsOfARowThatIsGoneItsKey() throws SqlError {
    print(
        OutputFormat.TABULAR,
        """
        [{"header":{"queryId":"q","schema":"`A` STRING, `B` DOUBLE"}},
        {"row":{"columns":["x",null],"tombstone":true}},
        {"finalMessage":"Limit Reached"}]
        """);

    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains("x | <TOMBSTONE>");
  }

  @Test
  void showsNumbersInTheDigitsThatTheServerSent() throws SqlError {
    assertThat(
            QueryAnswerPrinter.cellsOf(
                "{\"row\":{\"columns\":[480.00,12345678901234567890.120,1.0E10,-0.0,7,null,true,"
                    + "\"a \\\"b\\\"\",{\"PAID\":[1.50,null],\"BY\":{}},[],[0.10]],\"tombstone\":true}}"))
        .containsExactly(
            "480.00",
            "12345678901234567890.120",
            "1.0E10",
            "-0.0",
            "7",
            "null",
            "true",
            "a \"b\"",
            "{\"PAID\":[1.50,null],\"BY\":{}}",
            "[]",
            "[0.10]");

    print(
        OutputFormat.TABULAR,
        """
        [{"header":{"queryId":"q","schema":"`A` DECIMAL(22, 2)"}},
        {"row":{"columns":[12345678901234567890.10]}}]
        """);

    assertThat(out.toString().lines().map(String::strip)).contains("12345678901234567890.10");
  }

  @Test
  void passesObjectsOnAsJson() throws SqlError {
    print(
        OutputFormat.JSON,
        """
        [{"header":{"queryId":"q","schema":"`A` STRING"}},
        {"row":{"columns":["x"]}}]""");

    assertThat(out.toString().lines())
        .containsExactly(
            "{\"header\":{\"queryId\":\"q\",\"schema\":\"`A` STRING\"}}",
            "{\"row\":{\"columns\":[\"x\"]}}");
  }

  @Test
  void failsWhereTheQueryFails() {
    assertThatThrownBy(
            () ->
                print(
                    OutputFormat.TABULAR,
                    """
                    [{"header":{"queryId":"q","schema":"`A` STRING"}},
                    {"errorMessage":{"error_code":50000,"message":"It broke"}},
                    {"finalMessage":"x"}]"""))
        .isInstanceOf(SqlError.class)
        .hasMessage("It broke");
  }

  @Test
  void showsTheRecordsOfPrintAsTheyAre() throws SqlError {
    print(OutputFormat.TABULAR, "Key format: JSON\nrowtime: 2023, key: {\"a\":1}, value: x\n");

    assertThat(out.toString().lines())
        .containsExactly("Key format: JSON", "rowtime: 2023, key: {\"a\":1}, value: x");
  }

  @Test
  void cutsCellsInsteadOfBreakingThemIfAskedTo() throws SqlError {
    ShellSession session = new ShellSession(OutputFormat.TABULAR);
    String answer =
        """
        [{"header":{"queryId":"q","schema":"`A` STRING, `B` STRING"}},
        {"row":{"columns":["a long\\ntext","b"]}}]
        """;

    session.rowStyle(new RowStyle(true, 6));
    print(session, answer);
    session.rowStyle(new RowStyle(false, 6));
    print(session, answer);

    assertThat(out.toString().lines())
        .containsExactly(
            " A      | B",
            "--------+--------",
            " a long | b",
            " text   |",
            " A      | B",
            "--------+--------",
            " a lon… | b");
  }

  @Test
  void endsAQueryAfterItsRows() throws SqlError {
    ShellSession session = new ShellSession(OutputFormat.JSON);
    session.limits(new QueryLimits(OptionalLong.of(2), Optional.empty()));

    print(
        session,
        """
        [{"header":{"queryId":"q","schema":"`A` STRING"}},
        {"row":{"columns":["x"]}},
        {"row":{"columns":["y"]}},
        {"row":{"columns":["z"]}},
        """);

    assertThat(out.toString().lines())
        .containsExactly(
            "{\"header\":{\"queryId\":\"q\",\"schema\":\"`A` STRING\"}}",
            "{\"row\":{\"columns\":[\"x\"]}}",
            "{\"row\":{\"columns\":[\"y\"]}}",
            "Query terminated");
  }
}
