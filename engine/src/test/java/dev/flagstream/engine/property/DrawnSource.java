package dev.flagstream.engine.property;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format.Kind;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A stream or table over a topic, with columns of all types in formats that can carry them. */
record DrawnSource(
    SourceKind kind,
    String name,
    String topic,
    List<Column> key,
    List<Column> value,
    Kind keyFormat,
    Kind valueFormat) {

  private static final List<Kind> VALUE_FORMATS =
      List.of(Kind.JSON, Kind.JSON, Kind.JSON, Kind.DELIMITED, Kind.KAFKA);
  private static final List<Kind> WIDE_FORMATS = List.of(Kind.JSON, Kind.JSON, Kind.DELIMITED);
  private static final List<Kind> KEY_FORMATS = List.of(Kind.KAFKA, Kind.JSON, Kind.DELIMITED);

  /** One whose rows are looked at one by one. */
  static DrawnSource draw(Choices choices, SourceKind kind, String name) {
    return draw(choices, kind, name, choices.of(VALUE_FORMATS));
  }

  /** One to be grouped, which the KAFKA format is not for. */
  static DrawnSource toBeGrouped(Choices choices, SourceKind kind, String name) {
    return draw(choices, kind, name, choices.of(WIDE_FORMATS));
  }

  private static DrawnSource draw(Choices choices, SourceKind kind, String name, Kind valueFormat) {
    Kind keyFormat = choices.of(KEY_FORMATS);
    return new DrawnSource(
        kind,
        name,
        name.toLowerCase(Locale.ROOT),
        keys(choices, kind, keyFormat),
        values(choices, valueFormat),
        keyFormat,
        valueFormat);
  }

  /** One keyed by a column of a type, as a join needs it. */
  static DrawnSource keyedBy(Choices choices, SourceKind kind, String name, SqlType key) {
    Kind valueFormat = choices.of(WIDE_FORMATS);
    return new DrawnSource(
        kind,
        name,
        name.toLowerCase(Locale.ROOT),
        List.of(Column.key("K0", key)),
        values(choices, valueFormat),
        Kind.KAFKA,
        valueFormat);
  }

  private static List<Column> keys(Choices choices, SourceKind kind, Kind format) {
    List<Column> keys = new ArrayList<>();
    int least = kind == SourceKind.TABLE ? 1 : 0;
    int count = choices.onceIn(4) ? choices.between(least, 2) : 1;
    for (int i = 0; i < count; i++) {
      keys.add(
          Column.key("K" + i, format == Kind.KAFKA ? Types.plain(choices) : Types.flat(choices)));
    }
    return keys;
  }

  private static List<Column> values(Choices choices, Kind format) {
    List<Column> values = new ArrayList<>();
    int count = format == Kind.KAFKA ? 1 : choices.between(1, 5);
    for (int i = 0; i < count; i++) {
      values.add(Column.value(choices.onceIn(8) ? "v" + i : "V" + i, type(choices, format)));
    }
    return values;
  }

  private static SqlType type(Choices choices, Kind format) {
    return switch (format) {
      case KAFKA -> Types.plain(choices);
      case DELIMITED -> Types.flat(choices);
      default -> Types.any(choices, 2);
    };
  }

  /** The same over another topic. */
  DrawnSource over(String newTopic) {
    return new DrawnSource(kind, name, newTopic, key, value, keyFormat, valueFormat);
  }

  /** The same by another name, over another topic. */
  DrawnSource named(String newName) {
    return new DrawnSource(
        kind, newName, newName.toLowerCase(Locale.ROOT), key, value, keyFormat, valueFormat);
  }

  List<Column> columns() {
    List<Column> columns = new ArrayList<>(key);
    columns.addAll(value);
    return columns;
  }

  /** What expressions over it can use, under a name for the source or under none. */
  List<Variable> variables(String alias) {
    String prefix = alias.isEmpty() ? "" : alias + ".";
    return columns().stream()
        .map(column -> new Variable(prefix + "`" + column.name() + "`", column.type()))
        .toList();
  }

  /** The statement that makes it. */
  String sql() {
    String keyRole = kind == SourceKind.TABLE ? " PRIMARY KEY" : " KEY";
    String columns =
        columns().stream()
            .map(c -> "`" + c.name() + "` " + c.type() + (key.contains(c) ? keyRole : ""))
            .collect(Collectors.joining(", "));
    return "CREATE %s %s (%s) WITH (KAFKA_TOPIC='%s', KEY_FORMAT='%s', VALUE_FORMAT='%s');"
        .formatted(kind, name, columns, topic, keyFormat, valueFormat);
  }
}
