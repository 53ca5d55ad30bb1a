package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.expression.ExpressionAnalyzer;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.parser.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What is true of every expression, whatever it is and whatever the row holds. */
@Seeded
class ExpressionPropertiesTest {

  private static final RowReader ROWS =
      RowFormats.valueReader(
          Format.of(Format.Kind.JSON), ColumnLayout.all(ExpressionsOverRows.SCHEMA.value()));

  @Provide
  Arbitrary<ExpressionsOverRows> expressionsOverRows() {
    return Drawn.by(400, ExpressionsOverRows::draw);
  }

  @Property(tries = 400)
  void isRefusedOrGivesValuesOfItsType(@ForAll("expressionsOverRows") ExpressionsOverRows example) {
    int accepted = check(example);
    Statistics.collect(accepted > 0);
    // The generator is to be changed where it draws what has no meaning most of the time.
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 70));
  }

  /** How many of the expressions were not refused. */
  static int check(ExpressionsOverRows example) {
    List<String> sqls = new ArrayList<>();
    List<TypedExpression> accepted = new ArrayList<>();
    for (String sql : example.expressions()) {
      meaning(sql)
          .ifPresent(
              typed -> {
                sqls.add(sql);
                accepted.add(typed);
              });
    }
    if (!accepted.isEmpty()) {
      evaluate(sqls, accepted, example.rows());
    }
    return accepted.size();
  }

  @Property(tries = 400)
  void isTheSameOncePrintedAndReadAgain(
      @ForAll("expressionsOverRows") ExpressionsOverRows example) {
    for (String sql : example.expressions()) {
      Expression written = parse(sql);
      String printed = ExpressionPrinter.print(written);
      assertThat(parse(printed)).as(printed).isEqualTo(written);
    }
  }

  /** Empty if it is refused, which must be said clearly. */
  private static Optional<TypedExpression> meaning(String sql) {
    try {
      return Optional.of(
          new ExpressionAnalyzer(
                  Expressions.FUNCTIONS,
                  new TypeResolver(new InMemoryCatalog()),
                  ExpressionPropertiesTest::column)
              .analyze(parse(sql)));
    } catch (SqlException e) {
      assertThat(e.getMessage()).as(sql).isNotBlank();
      return Optional.empty();
    }
  }

  private static Optional<TypedExpression> column(Expression node) {
    return node instanceof Expression.ColumnName column
        ? ExpressionsOverRows.SCHEMA
            .find(column.name())
            .map(c -> new TypedExpression.ColumnReference(c.name(), c.type()))
        : Optional.empty();
  }

  private static Expression parse(String sql) {
    QueryStatement statement =
        (QueryStatement)
            SqlParser.withoutSubstitution()
                .parse("SELECT " + sql + " FROM T EMIT CHANGES;", Map.of())
                .get(0)
                .statement();
    return ((SelectItem.Single) statement.query().select().get(0)).expression();
  }

  private static void evaluate(
      List<String> sqls, List<TypedExpression> expressions, List<ObjectNode> rows) {
    RowEvaluator evaluator =
        new ExpressionCompiler(Map.of())
            .compile(expressions, ExpressionsOverRows.SCHEMA, InternalErrors::refuse);
    for (ObjectNode row : rows) {
      Object[] values = evaluator.evaluate(null, read(row));
      for (int i = 0; i < values.length; i++) {
        ValueOfType.check(sqls.get(i), values[i], expressions.get(i).knownType().orElse(null));
      }
    }
  }

  private static Object[] read(ObjectNode row) {
    try {
      return ROWS.read(RecordJson.MAPPER.writeValueAsBytes(row));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }
}
