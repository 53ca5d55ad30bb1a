package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Query.SelectItem;
import dev.flagstream.engine.ast.Query.WindowType;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.ColumnRole;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Draws trees that the grammar can write, odd names and texts included; same seed, same trees. */
final class RandomTrees {

  private static final Position AT = Position.NONE;
  private static final List<String> NAMES =
      List.of(
          "A",
          "B_2",
          "_X",
          "SELECT",
          "SIZE",
          "DATE",
          "lower",
          "Mixed Case",
          "a`b",
          "1R",
          "1E5",
          "ÄÖ");
  private static final List<String> SOURCES = List.of("S", "lower", "T_2", "my-stream", "TABLE");
  private static final List<String> TEXTS =
      List.of("", "x", "it's", "--no", "/* no */", "a;b", "ü\n", "`\"");
  private static final List<SqlType> PRIMITIVES =
      List.of(
          SqlType.BOOLEAN,
          SqlType.INTEGER,
          SqlType.BIGINT,
          SqlType.DOUBLE,
          SqlType.STRING,
          SqlType.BYTES,
          SqlType.TIME,
          SqlType.DATE,
          SqlType.TIMESTAMP,
          new SqlType.Decimal(10, 2));

  private final Random random;

  RandomTrees(long seed) {
    this.random = new Random(seed);
  }

  Statement statement() {
    return oneOf(this::createSource, this::createAsSelect, this::insertValues, this::bareQuery);
  }

  private Statement createSource() {
    SourceKind kind = pick(SourceKind.values());
    return new Statement.CreateSource(
        AT,
        kind,
        source(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        some(() -> column(kind)),
        properties());
  }

  private ColumnDefinition column(SourceKind kind) {
    ColumnRole key = kind == SourceKind.TABLE ? ColumnRole.PRIMARY_KEY : ColumnRole.KEY;
    ColumnRole role =
        pick(ColumnRole.VALUE, ColumnRole.VALUE, key, ColumnRole.HEADERS, ColumnRole.HEADER);
    Optional<String> header = role == ColumnRole.HEADER ? Optional.of(text()) : Optional.empty();
    return new ColumnDefinition(AT, name(), type(2), role, header);
  }

  private Statement createAsSelect() {
    return new Statement.CreateAsSelect(
        AT,
        pick(SourceKind.values()),
        source(),
        random.nextBoolean(),
        random.nextBoolean(),
        properties(),
        query(Optional.of(pick(Query.Emit.values()))));
  }

  private Statement insertValues() {
    return new Statement.InsertValues(
        AT, source(), some(this::name), oneOrMore(() -> expression(3)));
  }

  private Statement bareQuery() {
    return new Statement.QueryStatement(AT, query(maybe(() -> pick(Query.Emit.values()))));
  }

  private Map<String, Expression> properties() {
    Map<String, Expression> properties = new LinkedHashMap<>();
    some(this::name).forEach(name -> properties.put(name.toUpperCase(Locale.ROOT), literal()));
    return properties;
  }

  // ----------------------------------------------------------------------------------- queries

  private Query query(Optional<Query.Emit> emit) {
    return new Query(
        AT,
        oneOrMore(this::selectItem),
        relation(2),
        maybe(this::window),
        maybe(() -> expression(3)),
        maybe(() -> new Query.GroupBy(AT, some(() -> key()))),
        maybe(() -> new Query.PartitionBy(AT, oneOrMore(() -> key()))),
        maybe(() -> expression(2)),
        emit,
        random.nextBoolean() ? OptionalInt.of(random.nextInt(100)) : OptionalInt.empty());
  }

  private SelectItem selectItem() {
    return oneOf(
        () -> new SelectItem.Star(AT, maybe(this::name)),
        () -> new SelectItem.StructStar(AT, column()),
        () -> new SelectItem.Single(expression(3), maybe(this::name)),
        () -> new SelectItem.Single(expression(3), maybe(this::name)));
  }

  private Relation relation(int joins) {
    Relation.Source source = new Relation.Source(AT, source(), name());
    if (joins == 0 || random.nextBoolean()) {
      return source;
    }
    return new Relation.Join(
        AT,
        pick(JoinType.values()),
        relation(joins - 1),
        source,
        maybe(() -> new Query.Within(AT, interval(), interval(), maybe(this::interval))),
        expression(2));
  }

  private Query.Window window() {
    WindowType type = pick(WindowType.values());
    return new Query.Window(
        AT,
        type,
        interval(),
        type == WindowType.HOPPING ? Optional.of(interval()) : Optional.empty(),
        maybe(this::interval),
        maybe(this::interval),
        maybe(this::name));
  }

  private Interval interval() {
    return new Interval(random.nextInt(1000), unit());
  }

  private TimeUnit unit() {
    return pick(
        TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS, TimeUnit.MILLISECONDS);
  }

  // ------------------------------------------------------------------------------- expressions

  /** A key never is a condition outside parentheses; the printer sets these round conditions. */
  private Expression key() {
    return expression(2);
  }

  Expression expression(int depth) {
    if (depth == 0) {
      return oneOf(this::literal, this::column);
    }
    Supplier<Expression> inner = () -> expression(depth - 1);
    return oneOf(
        this::literal,
        this::column,
        () -> new Expression.FunctionCall(AT, name(), List.of(), true),
        () -> functionCall(inner),
        () ->
            new Expression.Arithmetic(
                AT, pick(ArithmeticOperator.values()), inner.get(), inner.get()),
        () -> new Expression.Sign(AT, random.nextBoolean(), inner.get()),
        () ->
            new Expression.Comparison(
                AT, pick(ComparisonOperator.values()), inner.get(), inner.get()),
        () -> new Expression.Logical(AT, random.nextBoolean(), inner.get(), inner.get()),
        () -> new Expression.Not(AT, inner.get()),
        () -> new Expression.IsNull(AT, random.nextBoolean(), inner.get()),
        () -> new Expression.Between(AT, inner.get(), inner.get(), inner.get()),
        () -> new Expression.In(AT, inner.get(), oneOrMore(inner)),
        () -> new Expression.Like(AT, inner.get(), inner.get(), maybe(() -> pick('!', '\'', '\\'))),
        () ->
            new Expression.Case(
                AT,
                maybe(inner),
                oneOrMore(() -> new Expression.When(inner.get(), inner.get())),
                maybe(inner)),
        () -> new Expression.Cast(AT, inner.get(), type(2)),
        () -> new Expression.Dereference(AT, inner.get(), name()),
        () -> new Expression.Subscript(AT, inner.get(), inner.get()),
        () -> new Expression.ArrayConstructor(AT, some(inner)),
        () ->
            new Expression.MapConstructor(
                AT, eachKeyOnce(some(() -> new Expression.Entry(inner.get(), inner.get())))),
        () ->
            new Expression.StructConstructor(
                AT, some(() -> new Expression.NamedExpression(name(), inner.get()))));
  }

  /** A map whose key is written twice is refused. */
  private static List<Expression.Entry> eachKeyOnce(List<Expression.Entry> entries) {
    Set<Expression> keys = new HashSet<>();
    return entries.stream().filter(entry -> keys.add(entry.key())).toList();
  }

  private Expression functionCall(Supplier<Expression> inner) {
    List<Expression> arguments = new ArrayList<>();
    if (random.nextBoolean()) {
      arguments.add(random.nextInt(5) == 0 ? new Expression.IntervalUnit(AT, unit()) : inner.get());
      arguments.addAll(some(inner));
      arguments.addAll(some(() -> new Expression.Lambda(AT, parameters(), inner.get())));
    }
    return new Expression.FunctionCall(AT, name(), arguments, false);
  }

  private List<String> parameters() {
    return oneOrMore(this::name).stream().distinct().toList();
  }

  private Expression column() {
    return new Expression.ColumnName(AT, maybe(this::name), name());
  }

  private Expression literal() {
    return oneOf(
        () -> new Expression.NullLiteral(AT),
        () -> new Expression.BooleanLiteral(AT, random.nextBoolean()),
        () -> new Expression.IntegerLiteral(AT, random.nextInt()),
        () -> new Expression.LongLiteral(AT, (1L << 32) | random.nextLong() << 33),
        () -> new Expression.DoubleLiteral(AT, randomDouble()),
        () -> new Expression.DecimalLiteral(AT, randomDecimal()),
        () -> new Expression.StringLiteral(AT, text()));
  }

  private double randomDouble() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextGaussian();
  }

  private BigDecimal randomDecimal() {
    return new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(30));
  }

  private TypeName type(int depth) {
    if (depth == 0 || random.nextBoolean()) {
      return random.nextInt(4) == 0
          ? new TypeName.Custom(AT, "custom")
          : new TypeName.Known(PRIMITIVES.get(random.nextInt(PRIMITIVES.size())));
    }
    return oneOf(
        () -> new TypeName.ArrayOf(new TypeName.Custom(AT, "ADDRESS")),
        () -> new TypeName.MapOf(type(depth - 1), new TypeName.Custom(AT, "ADDRESS")),
        () ->
            new TypeName.StructOf(
                List.of(
                    new TypeName.NamedType(name(), type(depth - 1)),
                    new TypeName.NamedType("HOME", new TypeName.Custom(AT, "ADDRESS")))),
        () -> new TypeName.Known(new SqlType.Array(SqlType.STRING)),
        () -> new TypeName.Known(new SqlType.Map(SqlType.STRING, new SqlType.Struct(List.of()))),
        () ->
            new TypeName.Known(
                new SqlType.Struct(List.of(new SqlType.Field(name(), SqlType.BIGINT)))));
  }

  // ------------------------------------------------------------------------------------- draws

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private String source() {
    return SOURCES.get(random.nextInt(SOURCES.size()));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private <T> Optional<T> maybe(Supplier<T> drawn) {
    return random.nextInt(3) == 0 ? Optional.of(drawn.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> drawn) {
    return random.nextBoolean() ? List.of() : oneOrMore(drawn);
  }

  private <T> List<T> oneOrMore(Supplier<T> drawn) {
    List<T> items = new ArrayList<>();
    do {
      items.add(drawn.get());
    } while (random.nextInt(3) == 0);
    return items;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  @SafeVarargs
  private <T> T oneOf(Supplier<? extends T>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }
}
