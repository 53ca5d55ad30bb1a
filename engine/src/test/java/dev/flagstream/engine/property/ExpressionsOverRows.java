package dev.flagstream.engine.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.stream.Collectors;

/** Some expressions over columns of many types, and rows to compute them over. */
record ExpressionsOverRows(List<String> expressions, List<ObjectNode> rows) {

  static final RowSchema SCHEMA =
      new RowSchema(
          List.of(),
          List.of(
              Column.value("I", SqlType.INTEGER),
              Column.value("L", SqlType.BIGINT),
              Column.value("D", SqlType.DOUBLE),
              Column.value("N", new SqlType.Decimal(5, 2)),
              Column.value("B", SqlType.BOOLEAN),
              Column.value("S", SqlType.STRING),
              Column.value("Y", SqlType.BYTES),
              Column.value("E", SqlType.DATE),
              Column.value("M", SqlType.TIME),
              Column.value("T", SqlType.TIMESTAMP),
              Column.value("A", Types.INTEGERS),
              Column.value("AS", Types.STRINGS),
              Column.value("P", new SqlType.Map(SqlType.STRING, SqlType.INTEGER)),
              Column.value("PS", new SqlType.Map(SqlType.STRING, SqlType.STRING)),
              Column.value(
                  "R", new SqlType.Struct(List.of(new SqlType.Field("F0", SqlType.INTEGER))))));

  static ExpressionsOverRows draw(Choices choices) {
    Expressions expressions =
        new Expressions(
            choices,
            SCHEMA.value().stream()
                .map(c -> new Variable("`" + c.name() + "`", c.type()))
                .toList());
    List<String> drawn =
        Choices.times(choices.between(1, 4), () -> expressions.of(Types.any(choices, 2), 5));
    return new ExpressionsOverRows(
        drawn, Choices.times(choices.between(1, 3), () -> DrawnJson.row(choices, SCHEMA.value())));
  }

  @Override
  public String toString() {
    return expressions.stream().map(sql -> "  " + sql + "\n").collect(Collectors.joining("\n"))
        + rows.stream().map(row -> "  " + row).collect(Collectors.joining("\n"));
  }
}
