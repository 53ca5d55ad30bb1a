package dev.flagstream.engine.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRows;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlSyntaxException;
import dev.flagstream.engine.scenario.Row.Line;
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
import java.util.function.Consumer;
import java.util.function.Function;

/** One run of a scenario, from top to bottom. */
final class ScenarioRun implements AutoCloseable {

  private static final ObjectReader RECORDS =
      RecordJson.MAPPER.reader().with(JsonReadFeature.ALLOW_YAML_COMMENTS);

  private final ScenarioFile file;
  private final LogLines log = new LogLines();
  private final OfflineEngine engine;
  private final Map<String, OfflineRows> queries = new HashMap<>();
  private final Map<ExpectSection, Integer> alreadySeen = new HashMap<>();
  private final Map<Section, List<String>> actualBodies = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private Optional<ScenarioException> refusal = Optional.empty();

  ScenarioRun(ScenarioFile file, FunctionCatalog functions) {
    this.file = file;
    this.engine = new OfflineEngine(functions, settings(), log);
  }

  /** What differs from what was expected, as lines. */
  List<String> differences() {
    return differences;
  }

  /** What came out, by the section that expected something. */
  Map<Section, List<String>> actualBodies() {
    return actualBodies;
  }

  /** Carries out all sections. */
  void run() {
    List<Section> sections = file.sections();
    for (int i = 0; i < sections.size(); i++) {
      try {
        carryOut(sections.get(i));
      } catch (ScenarioException e) {
        if (i + 1 == sections.size() || !expectsError(sections.get(i + 1))) {
          throw e;
        }
        refusal = Optional.of(e);
      } catch (RuntimeException e) { // a bug: the other scenarios are run all the same
        throw new ScenarioException(
            file.path(), sections.get(i).firstLine(), "the engine failed: " + e, e);
      }
    }
  }

  private static boolean expectsError(Section section) {
    return section.kind() == Section.Kind.EXPECT
        && ExpectSection.of(section.argument())
            .filter(what -> what.kind() == ExpectSection.Kind.ERROR)
            .isPresent();
  }

  private void carryOut(Section section) {
    switch (section.kind()) {
      case SETTINGS -> {
        // Read before the engine was made.
      }
      case STATEMENTS -> contentLines(section).forEach(path -> runScript(section, sibling(path)));
      case SQL -> runSql(section.text(), file.path(), section.firstLine());
      case QUERY -> query(section);
      case SEND -> send(section);
      case EXPECT -> expect(section);
    }
  }

  // ------------------------------------------------------------------------------------ settings

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
      throw failure(section, "a setting is written name = value: " + line);
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

  // ----------------------------------------------------------------------------------------- SQL

  private void runScript(Section section, Path script) {
    try {
      runSql(Files.readString(script), script, 0);
    } catch (IOException e) {
      throw new ScenarioException(
          file.path(), section.firstLine(), "cannot read the script " + script, e);
    }
  }

  /**
   * Runs statements.
   *
   * @param linesBefore how many lines of the file stand before the text
   */
  private void runSql(String sql, Path where, int linesBefore) {
    parse(sql, where, linesBefore).forEach(parsed -> sql(parsed, where, linesBefore, engine::run));
  }

  private List<ParsedStatement> parse(String sql, Path where, int linesBefore) {
    try {
      return engine.parse(sql);
    } catch (SqlSyntaxException e) {
      throw new ScenarioException(where, linesBefore + e.line(), e.getMessage(), e);
    } catch (UnsupportedFeatureException e) {
      throw new ScenarioException(where, linesBefore + 1, e.getMessage(), e);
    }
  }

  private static void sql(
      ParsedStatement parsed, Path where, int linesBefore, Consumer<ParsedStatement> action) {
    try {
      action.accept(parsed);
    } catch (SqlException | UnsupportedFeatureException | IllegalArgumentException e) {
      throw new ScenarioException(where, linesBefore + parsed.at().line(), e.getMessage(), e);
    }
  }

  private void query(Section section) {
    List<ParsedStatement> statements = parse(section.text(), file.path(), section.firstLine());
    if (statements.size() != 1) {
      throw failure(section, "a query is one SELECT; here are " + statements.size());
    }
    String name = section.argument();
    sql(
        statements.get(0),
        file.path(),
        section.firstLine(),
        select -> queries.put(name, engine.select(select)));
    alreadySeen.remove(new ExpectSection(ExpectSection.Kind.ROWS, name));
  }

  // ------------------------------------------------------------------------------------- records

  private void send(Section section) {
    String topic = requireTopic(section, section.argument());
    Optional<RecordJson> format = format(topic);
    for (Parsed<ScenarioRecord> sent : parsed(section, ScenarioRecord::new)) {
      try {
        engine.send(topic, sent.value().toOffline(format));
      } catch (SqlException | IllegalArgumentException | UncheckedIOException e) {
        throw new ScenarioException(file.path(), sent.line(), e.getMessage(), e);
      }
    }
  }

  private String requireTopic(Section section, String topic) {
    if (!engine.topics().contains(topic)) {
      throw failure(
          section,
          (topic.isEmpty() ? "the name of a topic is missing" : "there is no topic " + topic)
              + "; there "
              + (engine.topics().isEmpty()
                  ? "are none"
                  : "are " + String.join(", ", engine.topics())));
    }
    return topic;
  }

  private Optional<RecordJson> format(String topic) {
    return engine.sourceOf(topic).map(RecordJson::new);
  }

  /** Something read, and the number of the line in the file where it begins. */
  private record Parsed<T>(T value, int line) {}

  private <T> List<Parsed<T>> parsed(Section section, Function<JsonNode, T> reader) {
    List<Parsed<T>> all = new ArrayList<>();
    int line = 1;
    try (JsonParser parser = RECORDS.createParser(section.text())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        line = parser.currentTokenLocation().getLineNr();
        JsonNode node = RecordJson.MAPPER.readTree(parser);
        all.add(new Parsed<>(reader.apply(node), section.lineInFile(line)));
      }
      return all;
    } catch (JsonProcessingException e) {
      throw new ScenarioException(
          file.path(),
          section.lineInFile(e.getLocation() == null ? line : e.getLocation().getLineNr()),
          "this is no JSON: " + e.getOriginalMessage(),
          e);
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(file.path(), section.lineInFile(line), e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("A text can be read", e);
    }
  }

  private <T> List<T> values(Section section, Function<JsonNode, T> reader) {
    return parsed(section, reader).stream().map(Parsed::value).toList();
  }

  private static List<Line> lines(Section section) {
    return contentLines(section).stream().map(Line::new).toList();
  }

  // ---------------------------------------------------------------------------------- expectations

  private void expect(Section section) {
    ExpectSection what =
        ExpectSection.of(section.argument())
            .orElseThrow(
                () ->
                    failure(
                        section,
                        "expect what? A topic, or: log, error, rows, rows QUERY, schema SOURCE"));
    switch (what.kind()) {
      case LOG -> compare(section, lines(section), unseen(what, log.lines()), Line::equals);
      case ERROR -> {
        List<Line> said = refusal.map(ScenarioRun::said).orElse(List.of());
        refusal = Optional.empty();
        compare(section, lines(section), said, Line::equals);
      }
      case SCHEMA -> compare(section, lines(section), schema(section, what.name()), Line::equals);
      case ROWS ->
          compare(
              section,
              values(section, QueryRow::new),
              unseen(what, QueryRow.of(rows(section, what.name()))),
              QueryRow::matches);
      case TOPIC ->
          compare(
              section,
              values(section, ScenarioRecord::new),
              unseen(what, written(requireTopic(section, what.name()))),
              ScenarioRecord::matches);
    }
  }

  private static List<Line> said(ScenarioException refused) {
    return refused
        .reason()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(Line::new)
        .toList();
  }

  private List<Line> schema(Section section, String name) {
    Source source =
        engine
            .catalog()
            .source(name)
            .orElseThrow(() -> failure(section, "there is no stream or table " + name));
    return source.schema().declared().stream().map(column -> new Line(column.toString())).toList();
  }

  private OfflineRows rows(Section section, String name) {
    OfflineRows rows = queries.get(name);
    if (rows == null) {
      throw failure(section, ("no section 'query " + name).strip() + "' stands before this");
    }
    return rows;
  }

  private List<ScenarioRecord> written(String topic) {
    Optional<RecordJson> format = format(topic);
    return engine.written(topic).stream().map(held -> ScenarioRecord.of(held, format)).toList();
  }

  private <T> List<T> unseen(ExpectSection what, List<T> all) {
    int seen = alreadySeen.getOrDefault(what, 0);
    alreadySeen.put(what, all.size());
    return all.subList(seen, all.size());
  }

  private <T extends Row> void compare(
      Section section, List<T> expected, List<T> actual, BiPredicate<T, T> same) {
    if (RowDifference.agree(expected, actual, same)) {
      return;
    }
    actualBodies.put(section, rewritten(section, actual));
    differences.add(file.path() + ":" + section.firstLine() + ": expect " + section.argument());
    differences.addAll(DifferenceTable.show(RowDifference.pairs(expected, actual, same)));
  }

  /** The section's new lines, with the blank lines and comments that end it. */
  private static List<String> rewritten(Section section, List<? extends Row> actual) {
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

  private ScenarioException failure(Section section, String message) {
    return new ScenarioException(file.path(), section.firstLine(), message);
  }

  @Override
  public void close() {
    engine.close();
  }
}
