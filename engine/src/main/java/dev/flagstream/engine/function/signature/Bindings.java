package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.UntypedNullException;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that the variables of one signature stand for in one call. */
public final class Bindings {

  private static final SqlType.Decimal INTEGER_AS_DECIMAL = new SqlType.Decimal(10, 0);
  private static final SqlType.Decimal BIGINT_AS_DECIMAL = new SqlType.Decimal(19, 0);

  private final Map<String, SqlType> types = new HashMap<>();
  private final boolean castsAllowed;

  private Bindings(boolean castsAllowed) {
    this.castsAllowed = castsAllowed;
  }

  /**
   * Matches arguments with patterns of the same number.
   *
   * @return empty if some argument does not fit
   */
  static Optional<Bindings> match(
      List<TypePattern> patterns, List<Argument> arguments, boolean castsAllowed) {
    Bindings bindings = new Bindings(castsAllowed);
    // Values first: a lambda's parameters are known by the variables that values bind.
    return bindings.matchAll(patterns, arguments, false)
            && bindings.matchAll(patterns, arguments, true)
        ? Optional.of(bindings)
        : Optional.empty();
  }

  /**
   * Why a lambda's types do not agree with what the other arguments bind, in ksqlDB's words, if all
   * else fits; empty if something else is the matter.
   */
  static Optional<String> lambdaMismatch(List<TypePattern> patterns, List<Argument> arguments) {
    Bindings bindings = new Bindings(false);
    if (!bindings.matchAll(patterns, arguments, false)) {
      return Optional.empty();
    }
    Optional<String> mismatch = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      if (patterns.get(i) instanceof TypePattern.LambdaOf wanted) {
        if (!(arguments.get(i) instanceof Argument.LambdaArgument lambda)
            || wanted.parameters().size() != lambda.parameters().size()) {
          return Optional.empty();
        }
        if (mismatch.isEmpty()) {
          mismatch = bindings.mismatch(wanted, lambda);
        }
      }
    }
    return mismatch;
  }

  private Optional<String> mismatch(TypePattern.LambdaOf wanted, Argument.LambdaArgument lambda) {
    if (acceptsLambda(wanted, lambda)) {
      return Optional.empty();
    }
    String given = VariantResolver.text(lambda);
    return wanted.result() instanceof TypePattern.Variable result
            && types.containsKey(result.name())
        ? Optional.of(
            "Found invalid instance of generic schema when mapping %s to %s. Cannot map %s to both %s and %s"
                .formatted(wanted, given, result.name(), types.get(result.name()), lambda.result()))
        : Optional.of(
            "Cannot infer generics for %s from %s because they do not have the same schema structure."
                .formatted(wanted, given));
  }

  private boolean matchAll(List<TypePattern> patterns, List<Argument> arguments, boolean lambdas) {
    for (int i = 0; i < arguments.size(); i++) {
      boolean isLambda = patterns.get(i) instanceof TypePattern.LambdaOf;
      if (isLambda == lambdas && !accepts(patterns.get(i), arguments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean accepts(TypePattern pattern, Argument argument) {
    if (argument instanceof Argument.UntypedLambda lambda) {
      return pattern instanceof TypePattern.LambdaOf wanted
          && wanted.parameters().size() == lambda.parameterCount();
    }
    if (argument instanceof Argument.LambdaArgument lambda) {
      return pattern instanceof TypePattern.LambdaOf wanted && acceptsLambda(wanted, lambda);
    }
    if (argument instanceof Argument.IntervalUnit) {
      return pattern instanceof TypePattern.IntervalUnit;
    }
    return acceptsValue(pattern, valueType(argument));
  }

  private boolean acceptsLambda(TypePattern.LambdaOf wanted, Argument.LambdaArgument lambda) {
    if (wanted.parameters().size() != lambda.parameters().size()) {
      return false;
    }
    for (int i = 0; i < lambda.parameters().size(); i++) {
      if (!acceptsValue(wanted.parameters().get(i), lambda.parameters().get(i))) {
        return false;
      }
    }
    return lambda.result() == null || acceptsValue(wanted.result(), lambda.result());
  }

  private boolean acceptsValue(TypePattern pattern, SqlType type) {
    if (pattern instanceof TypePattern.LambdaOf || pattern instanceof TypePattern.IntervalUnit) {
      return false;
    }
    if (type == null || pattern instanceof TypePattern.Anything) {
      return true;
    }
    if (pattern instanceof TypePattern.Exact exact) {
      return fits(type, exact.type());
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return type.base() == BaseType.DECIMAL || (castsAllowed && isInteger(type));
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return bind(variable.name(), type);
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      return type instanceof SqlType.Array actual
          && acceptsValue(array.element(), actual.element());
    }
    return pattern instanceof TypePattern.MapOf map
        && type instanceof SqlType.Map actual
        && acceptsValue(map.key(), actual.key())
        && acceptsValue(map.value(), actual.value());
  }

  /** A variable is one type in the whole call: nothing is cast for its sake, as in ksqlDB. */
  private boolean bind(String variable, SqlType type) {
    SqlType bound = types.putIfAbsent(variable, type);
    return bound == null || bound.equals(type);
  }

  private boolean fits(SqlType type, SqlType wanted) {
    if (type.equals(wanted)) {
      return true;
    }
    boolean bothDecimal = type.base() == BaseType.DECIMAL && wanted.base() == BaseType.DECIMAL;
    return bothDecimal || (castsAllowed && isImplicitlyCast(type, wanted));
  }

  /** Whether ksqlDB takes a value of one type where another is wanted, without a CAST. */
  static boolean isImplicitlyCast(SqlType from, SqlType to) {
    if (from instanceof SqlType.Array one && to instanceof SqlType.Array other) {
      return isSameOrImplicitlyCast(one.element(), other.element());
    }
    if (from instanceof SqlType.Map one && to instanceof SqlType.Map other) {
      return isSameOrImplicitlyCast(one.key(), other.key())
          && isSameOrImplicitlyCast(one.value(), other.value());
    }
    boolean widens =
        from.base().isNumber() && to.base().isNumber() && from.base().compareTo(to.base()) <= 0;
    boolean parses =
        from.base() == BaseType.STRING && (to.base().isTime() || to.base() == BaseType.BYTES);
    return widens || parses;
  }

  private static boolean isSameOrImplicitlyCast(SqlType from, SqlType to) {
    return from.equals(to) || isImplicitlyCast(from, to);
  }

  private static boolean isInteger(SqlType type) {
    return type.base() == BaseType.INTEGER || type.base() == BaseType.BIGINT;
  }

  private static SqlType.Decimal asDecimal(SqlType number) {
    if (number instanceof SqlType.Decimal decimal) {
      return decimal;
    }
    return number.base() == BaseType.INTEGER ? INTEGER_AS_DECIMAL : BIGINT_AS_DECIMAL;
  }

  /** The type of a value or constant; null for NULL. */
  static SqlType valueType(Argument argument) {
    return argument instanceof Argument.Constant constant
        ? constant.type()
        : ((Argument.Value) argument).type();
  }

  /**
   * Checks that no NULL without a type stands where a type variable needs one, as in ksqlDB.
   *
   * @throws UntypedNullException if one does
   */
  public static void requireTyped(
      List<TypePattern> patterns, List<Argument> arguments, String functionName) {
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      boolean isValue = argument instanceof Argument.Value || argument instanceof Argument.Constant;
      if (isValue && valueType(argument) == null && hasVariable(patterns.get(i))) {
        throw new UntypedNullException(
            untyped(patterns.get(i))
                + "Cannot infer the type "
                + patterns.get(i)
                + " of function '"
                + functionName
                + "' from its arguments. Cast a NULL argument to the type it stands for.");
      }
    }
  }

  /** ksqlDB's message, above our own sentence. */
  private static String untyped(TypePattern pattern) {
    if (pattern instanceof TypePattern.ArrayOf) {
      return "null\n";
    }
    if (pattern instanceof TypePattern.MapOf) {
      return "Cannot invoke \"io.confluent.ksql.schema.ksql.types.SqlType.baseType()\""
          + " because \"sqlType\" is null\n";
    }
    return pattern instanceof TypePattern.Variable variable
        ? "null value in entry: " + variable.name() + "=null\n"
        : "";
  }

  private static boolean hasVariable(TypePattern pattern) {
    if (pattern instanceof TypePattern.ArrayOf array) {
      return hasVariable(array.element());
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return hasVariable(map.key()) || hasVariable(map.value());
    }
    return pattern instanceof TypePattern.Variable;
  }

  /** The type an argument must be cast to; null where it is taken as it is. */
  public SqlType parameterType(TypePattern pattern, Argument argument) {
    boolean isValue = argument instanceof Argument.Value || argument instanceof Argument.Constant;
    return isValue ? parameterType(pattern, valueType(argument)) : null;
  }

  private SqlType parameterType(TypePattern pattern, SqlType type) {
    if (pattern instanceof TypePattern.Exact exact) {
      return exact.type();
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return types.get(variable.name());
    }
    if (type == null || pattern instanceof TypePattern.Anything) {
      return type;
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return asDecimal(type);
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      SqlType element = ((SqlType.Array) type).element();
      return new SqlType.Array(parameterType(array.element(), element));
    }
    TypePattern.MapOf map = (TypePattern.MapOf) pattern;
    SqlType.Map actual = (SqlType.Map) type;
    return new SqlType.Map(
        parameterType(map.key(), actual.key()), parameterType(map.value(), actual.value()));
  }

  /**
   * The type a pattern without arguments, such as a result, stands for.
   *
   * @throws FunctionException if it contains a variable that no argument gave a type
   */
  public SqlType resolve(TypePattern pattern, String functionName) {
    if (pattern instanceof TypePattern.Exact exact) {
      return exact.type();
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      return new SqlType.Array(resolve(array.element(), functionName));
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return new SqlType.Map(resolve(map.key(), functionName), resolve(map.value(), functionName));
    }
    if (pattern instanceof TypePattern.Variable variable && types.containsKey(variable.name())) {
      return types.get(variable.name());
    }
    throw new FunctionException(
        "Cannot infer the type "
            + pattern
            + " of function '"
            + functionName
            + "' from its arguments. Cast a NULL argument to the type it stands for.");
  }
}
