package dev.flagstream.engine.property;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.property.DrawnQuery.From;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws queries over drawn sources. */
final class Queries {

  private static final String NAME = "RESULT";

  private final Choices choices;

  Queries(Choices choices) {
    this.choices = choices;
  }

  /** Rows of one stream: projected, filtered, exploded, partitioned anew. */
  DrawnQuery ofStream(DrawnSource source) {
    Expressions expressions = new Expressions(choices, source.variables(""));
    List<String> select = new ArrayList<>();
    Optional<String> partitionBy = partitionBy(select, expressions, 4);
    if (partitionBy.isEmpty() && !choices.onceIn(30)) {
      source.key().forEach(key -> select.add(quoted(key)));
    }
    addItems(select, expressions);
    addRowsOf(select, expressions, 6);
    if (choices.onceIn(8)) {
      select.add("ROWTIME AS RT");
    }
    return new DrawnQuery(
        SourceKind.STREAM,
        NAME,
        properties(),
        choices.onceIn(8) && partitionBy.isEmpty() ? List.of("*") : select,
        List.of(From.only(source, "")),
        Optional.empty(),
        where(expressions),
        Optional.empty(),
        partitionBy,
        Optional.empty(),
        false);
  }

  /** New keys, which are selected first. */
  private Optional<String> partitionBy(List<String> select, Expressions expressions, int onceIn) {
    if (!choices.onceIn(onceIn)) {
      return Optional.empty();
    }
    List<String> keys =
        Choices.times(
            choices.onceIn(4) ? 2 : 1,
            () -> expressions.of(Types.flat(choices), choices.between(0, 2)));
    for (int i = 0; i < keys.size(); i++) {
      select.add(keys.get(i) + " AS PK" + i);
    }
    return Optional.of(String.join(", ", keys));
  }

  private void addRowsOf(List<String> select, Expressions expressions, int onceIn) {
    if (choices.onceIn(onceIn)) {
      int count = choices.onceIn(3) ? 2 : 1;
      for (int i = 0; i < count; i++) {
        select.add(Aggregates.table(choices, expressions) + " AS ROW_OF" + i);
      }
    }
  }

  /** Rows of one table: projected and filtered. */
  DrawnQuery ofTable(DrawnSource source) {
    Expressions expressions = new Expressions(choices, source.variables(""));
    List<String> select = new ArrayList<>();
    source.key().forEach(key -> select.add(quoted(key)));
    addItems(select, expressions);
    return new DrawnQuery(
        SourceKind.TABLE,
        NAME,
        properties(),
        select,
        List.of(From.only(source, "")),
        Optional.empty(),
        where(expressions),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Groups of a stream or a table, the stream's in windows or not. */
  DrawnQuery ofGroups(DrawnSource source) {
    return ofGroups(source.kind(), List.of(From.only(source, "")), source.variables(""));
  }

  /** Groups of the rows of a join. */
  DrawnQuery ofGroups(DrawnQuery join, DrawnSource left, DrawnSource right) {
    return ofGroups(left.kind(), join.from(), variables(left, right));
  }

  private DrawnQuery ofGroups(SourceKind kind, List<From> from, List<Variable> variables) {
    Expressions expressions = new Expressions(choices, variables);
    List<String> groups =
        Choices.times(
            choices.onceIn(4) ? 2 : 1,
            () ->
                choices.onceIn(3)
                    ? expressions.of(Types.flat(choices), 1)
                    : choices.of(variables).text());
    List<String> select = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      select.add(groups.get(i) + " AS G" + i);
    }
    List<String> aggregates =
        Choices.times(choices.between(1, 3), () -> Aggregates.aggregate(choices, expressions));
    for (int i = 0; i < aggregates.size(); i++) {
      select.add(aggregates.get(i) + " AS A" + i);
    }
    boolean stream = kind == SourceKind.STREAM;
    Optional<String> window = stream ? choices.maybe(2, this::window) : Optional.empty();
    return new DrawnQuery(
        SourceKind.TABLE,
        NAME,
        properties(),
        select,
        from,
        window,
        where(expressions),
        Optional.of(String.join(", ", groups)),
        Optional.empty(),
        choices.maybe(5, () -> "COUNT(*) > 1"),
        window.isPresent() && choices.onceIn(4));
  }

  private String window() {
    String grace = choices.of("", ", GRACE PERIOD 0 SECONDS", ", GRACE PERIOD 10 MINUTES");
    return choices.of(
        "TUMBLING (SIZE 1 MINUTE" + grace + ")",
        "HOPPING (SIZE 1 MINUTE, ADVANCE BY 20 SECONDS" + grace + ")",
        "SESSION (30 SECONDS" + grace + ")",
        "TUMBLING (SIZE 1 HOUR" + grace + ")",
        "TUMBLING (SIZE 1 MILLISECOND" + grace + ")");
  }

  /** Two sources of the same key joined by it. */
  DrawnQuery ofJoin(DrawnSource left, DrawnSource right) {
    Expressions expressions = new Expressions(choices, variables(left, right));
    boolean streams = left.kind() == SourceKind.STREAM && right.kind() == SourceKind.STREAM;
    boolean tables = left.kind() == SourceKind.TABLE && right.kind() == SourceKind.TABLE;
    String type = choices.of("JOIN", "LEFT JOIN", streams || tables ? "FULL OUTER JOIN" : "JOIN");
    String within =
        streams
            ? " WITHIN "
                + choices.of("5 SECONDS", "(1 HOUR, 0 SECONDS)", "2 HOURS GRACE PERIOD 1 HOUR")
            : "";
    List<String> select = new ArrayList<>();
    boolean rows = left.kind() == SourceKind.STREAM;
    Optional<String> partitionBy = rows ? partitionBy(select, expressions, 6) : Optional.empty();
    if (partitionBy.isEmpty()) {
      select.add(type.startsWith("FULL") ? "ROWKEY" : "L.`K0`");
    }
    addItems(select, expressions);
    if (rows) {
      addRowsOf(select, expressions, 6);
    }
    return new DrawnQuery(
        left.kind(),
        NAME,
        properties(),
        select,
        List.of(
            From.only(left, "L"),
            new From(type, right.name(), "R", within + " ON L.`K0` = R.`K0`")),
        Optional.empty(),
        choices.onceIn(3) ? where(expressions) : Optional.empty(),
        Optional.empty(),
        partitionBy,
        Optional.empty(),
        false);
  }

  /** A table joined by a column of its to the key of another one. */
  Optional<DrawnQuery> ofForeignKey(DrawnSource left, DrawnSource right) {
    SqlType key = right.key().get(0).type();
    Optional<Column> foreign = left.value().stream().filter(c -> c.type().equals(key)).findFirst();
    return foreign.map(
        column -> {
          List<String> select = new ArrayList<>(List.of("L.`K0`"));
          addItems(select, new Expressions(choices, variables(left, right)));
          return new DrawnQuery(
              SourceKind.TABLE,
              NAME,
              properties(),
              select,
              List.of(
                  From.only(left, "L"),
                  new From(
                      choices.of("JOIN", "LEFT JOIN"),
                      right.name(),
                      "R",
                      " ON L.`" + column.name() + "` = R.`K0`")),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              false);
        });
  }

  private static List<Variable> variables(DrawnSource left, DrawnSource right) {
    List<Variable> variables = new ArrayList<>(left.variables("L"));
    variables.addAll(right.variables("R"));
    return variables;
  }

  private void addItems(List<String> select, Expressions expressions) {
    int count = choices.between(1, 4);
    for (int i = 0; i < count; i++) {
      String item = expressions.of(expressions.someType(), choices.between(0, 4));
      // A key column stands in a SELECT once.
      boolean again = select.contains(item) && !choices.onceIn(20);
      select.add((again ? "AS_VALUE(" + item + ")" : item) + " AS C" + i);
    }
  }

  private Optional<String> where(Expressions expressions) {
    return choices.maybe(3, () -> expressions.of(SqlType.BOOLEAN, 3));
  }

  /** Formats that carry every type, more often than not. */
  private String properties() {
    return choices.onceIn(5)
        ? choices.of("", "VALUE_FORMAT='DELIMITED'", "VALUE_FORMAT='KAFKA'", "PARTITIONS=2")
        : DrawnQuery.JSON;
  }

  private static String quoted(Column column) {
    return "`" + column.name() + "`";
  }
}
