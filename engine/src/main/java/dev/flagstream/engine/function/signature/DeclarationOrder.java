package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.type.SqlType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The key that ksqlDB keeps a variant under, in a hash map: its messages list variants in the order
 * of that map. Types hash as seen there.
 */
record DeclarationOrder(List<TypePattern> shape, int hash) {

  private static final List<SqlType.BaseType> DECLARED =
      List.of(
          SqlType.BaseType.TIME,
          SqlType.BaseType.DATE,
          SqlType.BaseType.BYTES,
          SqlType.BaseType.TIMESTAMP,
          SqlType.BaseType.DECIMAL,
          SqlType.BaseType.INTEGER,
          SqlType.BaseType.BIGINT,
          SqlType.BaseType.DOUBLE,
          SqlType.BaseType.STRING);

  private static final Map<SqlType.BaseType, Integer> HASHES =
      Map.of(
          SqlType.BaseType.BOOLEAN, 1,
          SqlType.BaseType.DECIMAL, 2,
          SqlType.BaseType.DOUBLE, 3,
          SqlType.BaseType.INTEGER, 4,
          SqlType.BaseType.BIGINT, 5,
          SqlType.BaseType.STRING, 6,
          SqlType.BaseType.TIMESTAMP, 7,
          SqlType.BaseType.TIME, 8,
          SqlType.BaseType.DATE, 9,
          SqlType.BaseType.BYTES, 10);

  /** Those that hash alike stand in the order of their declaration. */
  private static final Comparator<List<TypePattern>> FIRST_DECLARED =
      Comparator.<List<TypePattern>, Integer>comparing(
              shape -> shape.isEmpty() ? -1 : DECLARED.indexOf(base(shape.get(0))))
          .thenComparing(shape -> !shape.isEmpty() && shape.get(0) instanceof TypePattern.MapOf);

  private static final Comparator<List<TypePattern>> SHORTEST_FIRST =
      Comparator.comparing(List::size);

  private static final List<SqlType.BaseType> DOUBLE_BEFORE_WHOLE_NUMBERS =
      List.of(SqlType.BaseType.DOUBLE, SqlType.BaseType.INTEGER, SqlType.BaseType.BIGINT);

  /** Functions whose variants ksqlDB lists as if declared in another order. */
  private static final Map<String, Comparator<List<TypePattern>>> DECLARED_OTHERWISE =
      Map.ofEntries(
          Map.entry("POWER", FIRST_DECLARED.reversed()),
          Map.entry("ATAN2", FIRST_DECLARED.reversed()),
          Map.entry("SPLIT", FIRST_DECLARED.reversed()),
          Map.entry(
              "CORRELATION",
              Comparator.comparing(
                  shape -> DOUBLE_BEFORE_WHOLE_NUMBERS.indexOf(base(shape.get(0))))),
          Map.entry("TRUNC", FIRST_DECLARED.thenComparing(SHORTEST_FIRST)),
          Map.entry("EARLIEST_BY_OFFSET", SHORTEST_FIRST),
          Map.entry("LATEST_BY_OFFSET", SHORTEST_FIRST),
          Map.entry("MASK_LEFT", SHORTEST_FIRST.reversed()),
          Map.entry("MASK_RIGHT", SHORTEST_FIRST.reversed()),
          Map.entry("MASK_KEEP_LEFT", SHORTEST_FIRST.reversed()),
          Map.entry("MASK_KEEP_RIGHT", SHORTEST_FIRST.reversed()));

  /** The order in which ksqlDB declares the variants of a function. */
  static Comparator<List<TypePattern>> firstDeclared(String function) {
    return DECLARED_OTHERWISE.getOrDefault(function.toUpperCase(Locale.ROOT), FIRST_DECLARED);
  }

  private static SqlType.BaseType base(TypePattern pattern) {
    if (pattern instanceof TypePattern.AnyDecimal) {
      return SqlType.BaseType.DECIMAL;
    }
    return pattern instanceof TypePattern.Exact exact
        ? exact.type().base()
        : SqlType.BaseType.STRUCT;
  }

  static DeclarationOrder of(Signature signature) {
    List<TypePattern> shape = signature.shape();
    return new DeclarationOrder(
        shape, shape.stream().map(DeclarationOrder::hash).collect(Collectors.toList()).hashCode());
  }

  private static int hash(TypePattern pattern) {
    if (pattern instanceof TypePattern.Exact exact) {
      return hash(exact.type());
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      return Objects.hash(hash(array.element()));
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return Objects.hash(hash(map.key()), hash(map.value()));
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return Objects.hash(variable.name());
    }
    if (pattern instanceof TypePattern.LambdaOf lambda) {
      List<Integer> parameters = lambda.parameters().stream().map(DeclarationOrder::hash).toList();
      return Objects.hash(parameters, hash(lambda.result()));
    }
    return pattern instanceof TypePattern.AnyDecimal ? HASHES.get(SqlType.BaseType.DECIMAL) : 0;
  }

  private static int hash(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return Objects.hash(hash(array.element()));
    }
    if (type instanceof SqlType.Map map) {
      return Objects.hash(hash(map.key()), hash(map.value()));
    }
    return type instanceof SqlType.Struct ? 0 : HASHES.get(type.base());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeclarationOrder order && shape.equals(order.shape);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
