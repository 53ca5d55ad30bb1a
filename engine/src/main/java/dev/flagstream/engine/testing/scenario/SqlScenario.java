package dev.flagstream.engine.testing.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.parser.SqlSyntaxException;
import dev.flagstream.engine.testing.OfflineEngine;
import dev.flagstream.engine.testing.OfflineRecord;
import dev.flagstream.engine.testing.RecordJson;
import dev.flagstream.engine.topology.ProcessingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * A test of SQL in a file: statements, records for their topics, and the records that must come
 * out. Its sections are carried out from top to bottom:
 *
 * <pre>
 * # What the scenario shows. Comments may stand anywhere.
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
 * expect log
 * </pre>
 *
 * <p>{@code expect} lists everything that came out of a topic since the section before it that
 * looked at the same topic, in order; {@code expect log} lists the entries of the processing log.
 * What a record of it leaves out, such as its time, is not compared.
 */
public final class SqlScenario {

  /** In the place of a topic: the processing log. */
  private static final String LOG = "log";

  private static final ObjectReader RECORDS =
      RecordJson.MAPPER.reader().with(JsonReadFeature.ALLOW_YAML_COMMENTS);

  private final ScenarioFile file;
  private final FunctionCatalog functions;

  SqlScenario(Path path, FunctionCatalog functions) {
    this.file = ScenarioFile.read(path);
    this.functions = functions;
  }

  /** The file's name without its ending. */
  public String name() {
    String name = file.path().getFileName().toString();
    return name.substring(0, name.length() - SqlScenarios.ENDING.length());
  }

  /** The file. */
  public Path path() {
    return file.path();
  }

  /**
   * Runs the scenario.
   *
   * @param rewrite puts what came out in the place of what was expected, in the file
   * @return what differs, as lines; none if all is as expected, or was made so
   * @throws ScenarioException if the scenario cannot be run
   */
  public List<String> run(boolean rewrite) {
    try (Run run = new Run()) {
      file.sections().forEach(run::carryOut);
      if (rewrite) {
        file.rewrite(run.actualBodies);
        return List.of();
      }
      return run.differences;
    }
  }

  /**
   * Runs the scenario as a test; with {@code -Dflagstream.rewrite=true} it rewrites the file.
   *
   * @throws AssertionError listing the rows if something else came out than expected
   */
  public void check() {
    List<String> differences = run(Boolean.getBoolean("flagstream.rewrite"));
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "Something else came out than expected (- missing, + unexpected):\n"
              + String.join("\n", differences));
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    for (Section section : file.sections()) {
      if (section.kind() == Section.Kind.SETTINGS) {
        contentLines(section).forEach(line -> addSetting(section, line, settings));
      }
    }
    return settings;
  }

  private void addSetting(Section section, String line, Map<String, String> settings) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw failure(section, "a setting is written name = value: " + line, null);
    }
    String value = line.substring(equals + 1).strip();
    settings.put(
        line.substring(0, equals).strip(),
        value.startsWith("./") || value.startsWith("../") ? sibling(value).toString() : value);
  }

  private Path sibling(String relative) {
    return file.path().toAbsolutePath().resolveSibling(relative).normalize();
  }

  private static List<String> contentLines(Section section) {
    return section.body().stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private ScenarioException failure(Section section, String message, Exception cause) {
    return new ScenarioException(file.path(), section.firstLine(), message, cause);
  }

  /** One run, from top to bottom. */
  private final class Run implements AutoCloseable {
    private final LogEntries log = new LogEntries();
    private final OfflineEngine engine = new OfflineEngine(functions, settings(), log);
    private final Map<String, Integer> alreadySeen = new HashMap<>();
    private final Map<Section, List<String>> actualBodies = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    void carryOut(Section section) {
      try {
        switch (section.kind()) {
          case SETTINGS -> {
            // Read before the engine was made.
          }
          case STATEMENTS ->
              contentLines(section).forEach(path -> engine.run(script(sibling(path))));
          case SQL -> engine.run(section.text());
          case SEND -> records(section).forEach(sent -> send(section.argument(), sent));
          case EXPECT -> expect(section);
        }
      } catch (SqlException
          | SqlSyntaxException
          | IllegalArgumentException
          | UncheckedIOException e) {
        throw failure(section, e.getMessage(), e);
      }
    }

    private static String script(Path path) {
      try {
        return Files.readString(path);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the script " + path, e);
      }
    }

    private void send(String topic, JsonNode sent) {
      engine.send(topic, new ScenarioRecord(sent).toOffline(format(topic)));
    }

    private Optional<RecordJson> format(String topic) {
      return engine.sourceOf(topic).map(RecordJson::new);
    }

    private void expect(Section section) {
      if (section.argument().equals(LOG)) {
        compare(
            section,
            records(section).stream().map(JsonNode::toString).toList(),
            unseen(LOG, log.asJson()),
            String::equals);
      } else {
        compare(
            section,
            records(section).stream().map(ScenarioRecord::new).toList(),
            unseen(section.argument(), written(section.argument())),
            ScenarioRecord::matches);
      }
    }

    private List<ScenarioRecord> written(String topic) {
      Optional<RecordJson> format = format(topic);
      List<OfflineRecord> written = engine.written(topic);
      return written.stream().map(held -> ScenarioRecord.of(held, format)).toList();
    }

    private <T> List<T> unseen(String topic, List<T> all) {
      int seen = alreadySeen.getOrDefault(topic, 0);
      alreadySeen.put(topic, all.size());
      return all.subList(seen, all.size());
    }

    private <E, A> void compare(
        Section section, List<E> expected, List<A> actual, BiPredicate<E, A> same) {
      actualBodies.put(section, rewritten(section, actual));
      boolean asExpected = expected.size() == actual.size();
      for (int i = 0; asExpected && i < expected.size(); i++) {
        asExpected = same.test(expected.get(i), actual.get(i));
      }
      if (!asExpected) {
        differences.add(file.path() + ":" + section.firstLine() + ": expect " + section.argument());
        differences.addAll(RowDifference.list(expected, actual, same));
      }
    }

    /** The section's new lines, with the blank lines and comments that end it. */
    private static List<String> rewritten(Section section, List<?> actual) {
      List<String> lines = new ArrayList<>();
      actual.forEach(row -> lines.add("  " + row));
      int end = section.body().size();
      while (end > 0 && isBetweenSections(section.body().get(end - 1))) {
        end--;
      }
      lines.addAll(section.body().subList(end, section.body().size()));
      return lines;
    }

    private static boolean isBetweenSections(String line) {
      return line.isBlank() || line.startsWith("#");
    }

    private List<JsonNode> records(Section section) {
      try (JsonParser parser = RECORDS.createParser(section.text());
          MappingIterator<JsonNode> nodes = RECORDS.forType(JsonNode.class).readValues(parser)) {
        return nodes.readAll();
      } catch (IOException e) {
        throw failure(section, "what it holds is no JSON: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  /** The processing log as texts; they name places and reasons, never what rows hold. */
  private static final class LogEntries implements ProcessingLog {
    private final List<String> entries = new ArrayList<>();

    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
      entries.add(logger + ": " + part.label() + " of " + topic + ": " + error.getMessage());
    }

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      entries.add(logger + ": " + message);
    }

    List<String> asJson() {
      return entries.stream()
          .map(entry -> RecordJson.MAPPER.getNodeFactory().textNode(entry).toString())
          .toList();
    }
  }
}
