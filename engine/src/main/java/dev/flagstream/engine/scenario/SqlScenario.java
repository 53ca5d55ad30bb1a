package dev.flagstream.engine.scenario;

import dev.flagstream.engine.function.FunctionCatalog;
import java.nio.file.Path;
import java.util.List;

/**
 * A test of SQL in a file: statements, records for their topics, and what must come out. Its
 * sections are carried out from top to bottom:
 *
 * <pre>
 * # What the scenario shows. Comments may stand anywhere; the first one is its title.
 * settings
 *   ksql.functions.is_fraud.amount.threshold = 900
 * statements
 *   ../01-transactions.sql
 * sql
 *   CREATE STREAM large AS SELECT * FROM transactions WHERE amount &gt; 100;
 * send credit_card_transactions
 *   {"time": "2025-11-20T10:00:00Z", "key": "4111", "value": {"amount": 100.01}}
 * expect LARGE
 *   {"time": "2025-11-20T10:00:00Z", "key": "4111", "value": {"AMOUNT": 100.01}}
 * query
 *   SELECT card, total FROM totals WHERE card = '4111';
 * expect rows
 *   {"CARD": "4111", "TOTAL": 100.01}
 * sql
 *   DROP STREAM nothing;
 * expect error
 *   Stream NOTHING does not exist.
 * </pre>
 *
 * <ul>
 *   <li>{@code expect TOPIC} lists everything that came out of a topic since the section before it
 *       that looked at the same topic, in order. What a record of it leaves out, such as its time,
 *       is not compared.
 *   <li>{@code expect rows} lists the rows of the last {@code query}, {@code expect rows NAME}
 *       those of {@code query NAME}; rows of an EMIT CHANGES query come as records are sent.
 *   <li>{@code expect error} says why the section before was refused.
 *   <li>{@code expect schema SOURCE} lists the columns of a stream or table.
 *   <li>{@code expect log} lists the entries of the processing log.
 * </ul>
 */
public final class SqlScenario {

  private final Path path;
  private final FunctionCatalog functions;

  SqlScenario(Path path, FunctionCatalog functions) {
    this.path = path;
    this.functions = functions;
  }

  /** The file's name without its ending. */
  public String name() {
    String name = path.getFileName().toString();
    return name.substring(0, name.length() - SqlScenarios.ENDING.length());
  }

  /** What it shows: the first sentence of its first comment; its name, if it has none. */
  public String title() {
    return ScenarioFile.titleOf(path).orElseGet(this::name);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /**
   * Runs the scenario.
   *
   * @param rewrite puts what came out in the place of what was expected, in the file
   * @return what differs, as lines; none if all is as expected
   * @throws ScenarioException if the scenario cannot be run
   */
  public List<String> run(boolean rewrite) {
    ScenarioFile file = ScenarioFile.read(path);
    try (ScenarioRun run = new ScenarioRun(file, functions)) {
      run.run();
      if (rewrite && !run.differences().isEmpty()) {
        file.rewrite(run.actualBodies());
      }
      return run.differences();
    }
  }

  /**
   * Runs the scenario as a test; with {@code -Dflagstream.rewrite=true} it rewrites the file.
   *
   * @throws AssertionError listing the rows if something else came out than expected
   */
  public void check() {
    boolean rewrite = Boolean.getBoolean("flagstream.rewrite");
    List<String> differences = run(rewrite);
    if (!differences.isEmpty() && !rewrite) {
      throw new AssertionError(
          "Something else came out than expected (- missing, + unexpected):\n"
              + String.join("\n", differences));
    }
  }
}
