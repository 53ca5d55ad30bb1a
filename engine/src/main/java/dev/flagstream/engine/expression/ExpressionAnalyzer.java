package dev.flagstream.engine.expression;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ArithmeticOperator;
import dev.flagstream.engine.ast.Expression.ArrayConstructor;
import dev.flagstream.engine.ast.Expression.Between;
import dev.flagstream.engine.ast.Expression.BooleanLiteral;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.ast.Expression.DecimalLiteral;
import dev.flagstream.engine.ast.Expression.Dereference;
import dev.flagstream.engine.ast.Expression.DoubleLiteral;
import dev.flagstream.engine.ast.Expression.Entry;
import dev.flagstream.engine.ast.Expression.FunctionCall;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.IntervalUnit;
import dev.flagstream.engine.ast.Expression.Lambda;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.Expression.MapConstructor;
import dev.flagstream.engine.ast.Expression.NullLiteral;
import dev.flagstream.engine.ast.Expression.Sign;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.ast.Expression.StructConstructor;
import dev.flagstream.engine.ast.Expression.Subscript;
import dev.flagstream.engine.ast.Expression.When;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import dev.flagstream.engine.ast.print.Names;
import dev.flagstream.engine.ast.print.RepeatedKeys;
import dev.flagstream.engine.expression.TypedExpression.Arithmetic;
import dev.flagstream.engine.expression.TypedExpression.Branch;
import dev.flagstream.engine.expression.TypedExpression.Call;
import dev.flagstream.engine.expression.TypedExpression.Case;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.Comparison;
import dev.flagstream.engine.expression.TypedExpression.ElementOf;
import dev.flagstream.engine.expression.TypedExpression.FieldOf;
import dev.flagstream.engine.expression.TypedExpression.In;
import dev.flagstream.engine.expression.TypedExpression.IsNull;
import dev.flagstream.engine.expression.TypedExpression.LambdaExpression;
import dev.flagstream.engine.expression.TypedExpression.LambdaParameter;
import dev.flagstream.engine.expression.TypedExpression.Like;
import dev.flagstream.engine.expression.TypedExpression.Literal;
import dev.flagstream.engine.expression.TypedExpression.Logical;
import dev.flagstream.engine.expression.TypedExpression.Negate;
import dev.flagstream.engine.expression.TypedExpression.NewArray;
import dev.flagstream.engine.expression.TypedExpression.NewMap;
import dev.flagstream.engine.expression.TypedExpression.NewStruct;
import dev.flagstream.engine.expression.TypedExpression.Not;
import dev.flagstream.engine.expression.TypedExpression.Null;
import dev.flagstream.engine.expression.TypedExpression.UnitOfTime;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.UnknownFunctionException;
import dev.flagstream.engine.function.UntypedNullException;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out what an expression means: resolves its names in a scope, its functions in the
 * catalogue, types every node and makes implicit casts explicit. Not thread-safe.
 */
public final class ExpressionAnalyzer implements Expression.Visitor<TypedExpression> {

  private static final String ISSUE_4239 = "(see https://github.com/confluentinc/ksql/issues/4239)";

  private final FunctionCatalog functions;
  private final TypeResolver types;
  private final Scope scope;
  private final Casts.NullText nulls;
  private final Deque<LambdaParameter> lambdaParameters = new ArrayDeque<>();

  /** Whether what comes next is only compiled, and not typed before, as {@link #inCode} says. */
  private boolean untyped;

  /** How many expressions are being looked at, each within the one before. */
  private int depth;

  /** What Java would not compile, if anything; code for the whole expression comes before. */
  private Optional<ConversionException> notCompiled = Optional.empty();

  /**
   * Results so far, keyed by the node and the lambdas around it. Callers that need first the type
   * of a part and then the part ask twice: without this cache, the work would double with each
   * level of nesting.
   */
  private final IdentityHashMap<Expression, Map<List<LambdaParameter>, TypedExpression>> known =
      new IdentityHashMap<>();

  public ExpressionAnalyzer(FunctionCatalog functions, TypeResolver types, Scope scope) {
    this(functions, types, scope, Casts.NullText.NULL);
  }

  /**
   * The same with another meaning of NULL.
   *
   * @param nulls what a written cast to STRING makes of a NULL
   */
  public ExpressionAnalyzer(
      FunctionCatalog functions, TypeResolver types, Scope scope, Casts.NullText nulls) {
    this.functions = functions;
    this.types = types;
    this.scope = scope;
    this.nulls = nulls;
  }

  /**
   * What the expression means.
   *
   * @throws SqlException if it means nothing, in ksqlDB's words
   */
  public TypedExpression analyze(Expression expression) {
    depth++;
    TypedExpression typed;
    try {
      typed = meaning(expression);
    } finally {
      depth--;
    }
    if (depth == 0 && notCompiled.isPresent()) {
      throw notCompiled.get();
    }
    return typed;
  }

  private TypedExpression meaning(Expression expression) {
    Optional<TypedExpression> parameter = lambdaParameter(expression);
    if (parameter.isPresent()) {
      return parameter.get();
    }
    return scope.resolve(expression).orElseGet(() -> analyzeOnce(expression));
  }

  private TypedExpression analyzeOnce(Expression expression) {
    List<LambdaParameter> within = List.copyOf(lambdaParameters);
    TypedExpression found = known.getOrDefault(expression, Map.of()).get(within);
    if (found == null) {
      found = expression.accept(this);
      known.computeIfAbsent(expression, each -> new HashMap<>()).put(within, found);
    }
    return found;
  }

  private Optional<TypedExpression> lambdaParameter(Expression expression) {
    if (!(expression instanceof ColumnName column) || column.source().isPresent()) {
      return Optional.empty();
    }
    return lambdaParameters.stream()
        .filter(parameter -> parameter.name().equals(column.name()))
        .<TypedExpression>map(parameter -> parameter)
        .findFirst();
  }

  private List<TypedExpression> analyzeAll(List<Expression> expressions) {
    return expressions.stream().map(this::analyze).toList();
  }

  @Override
  public TypedExpression visitNull(NullLiteral node) {
    return new Null();
  }

  @Override
  public TypedExpression visitBoolean(BooleanLiteral node) {
    return new Literal(node.value(), SqlType.BOOLEAN);
  }

  @Override
  public TypedExpression visitInteger(IntegerLiteral node) {
    return new Literal(node.value(), SqlType.INTEGER);
  }

  @Override
  public TypedExpression visitLong(LongLiteral node) {
    return new Literal(node.value(), SqlType.BIGINT);
  }

  @Override
  public TypedExpression visitDouble(DoubleLiteral node) {
    return new Literal(node.value(), SqlType.DOUBLE);
  }

  @Override
  public TypedExpression visitDecimal(DecimalLiteral node) {
    return new Literal(node.value(), Decimals.typeOf(node.value()));
  }

  @Override
  public TypedExpression visitString(StringLiteral node) {
    return new Literal(node.value(), SqlType.STRING);
  }

  @Override
  public TypedExpression visitIntervalUnit(IntervalUnit node) {
    return new UnitOfTime(node.unit());
  }

  @Override
  public TypedExpression visitColumn(ColumnName node) {
    throw new SqlException(
        "Line: "
            + node.at().line()
            + ", Col: "
            + node.at().column()
            + ": Column '"
            + ExpressionPrinter.print(node)
            + "' cannot be resolved.");
  }

  @Override
  public TypedExpression visitFunction(FunctionCall node) {
    Kind kind =
        functions
            .kindOf(node.name())
            .orElseThrow(() -> new UnknownFunctionException(node.name(), functions));
    if (kind != Kind.SCALAR) {
      throw new ConversionException(
          "Can't find any functions with the name '" + node.name() + "'",
          (kind == Kind.AGGREGATE ? "Aggregate" : "Table")
              + " function "
              + node.name()
              + " cannot be used here: "
              + ExpressionPrinter.print(node));
    }
    List<TypedExpression> arguments = typed(() -> arguments(node));
    ScalarFunction function = functions.scalar(node.name(), describe(node, arguments));
    checkWithWholeNumbers(node, arguments);
    return new Call(function, cast(arguments, function.parameterTypes()));
  }

  /**
   * A DECIMAL literal without places ({@code 10.}) is written {@code 10} into the plan: the plan's
   * call has an integer there, as in ksqlDB, and may find no variant or several.
   */
  private void checkWithWholeNumbers(FunctionCall node, List<TypedExpression> arguments) {
    List<TypedExpression> reread = arguments.stream().map(ExpressionAnalyzer::reread).toList();
    if (!reread.equals(arguments)) {
      try {
        functions.scalar(node.name(), describe(node, reread));
      } catch (SqlException e) {
        throw ConversionException.ofPlan(e);
      }
    }
  }

  private static TypedExpression reread(TypedExpression argument) {
    boolean isWhole =
        argument instanceof Literal literal
            && literal.value() instanceof BigDecimal number
            && ExactDecimals.isWholeInPlans(number);
    if (!isWhole) {
      return argument;
    }
    long value = ((BigDecimal) ((Literal) argument).value()).longValueExact();
    return value == (int) value
        ? new Literal((int) value, SqlType.INTEGER)
        : new Literal(value, SqlType.BIGINT);
  }

  /** The arguments, with lambdas typed by what the function hands to them. */
  private List<TypedExpression> arguments(FunctionCall node) {
    boolean anyLambda = node.arguments().stream().anyMatch(Lambda.class::isInstance);
    if (!anyLambda) {
      return analyzeAll(node.arguments());
    }
    List<TypedExpression> values = new ArrayList<>();
    List<Argument> known = new ArrayList<>();
    for (Expression argument : node.arguments()) {
      if (argument instanceof Lambda lambda) {
        values.add(null);
        known.add(new Argument.UntypedLambda(lambda.parameters().size()));
      } else {
        TypedExpression value = analyze(argument);
        values.add(value);
        known.add(describe(argument, value));
      }
    }
    List<List<SqlType>> parameters = functions.lambdaParameters(node.name(), known);
    int next = 0;
    for (int i = 0; i < values.size(); i++) {
      if (node.arguments().get(i) instanceof Lambda lambda) {
        values.set(i, lambda(lambda, parameters.get(next)));
        next++;
      }
    }
    return values;
  }

  private LambdaExpression lambda(Lambda node, List<SqlType> types) {
    List<LambdaParameter> parameters = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      parameters.add(new LambdaParameter(node.parameters().get(i), types.get(i)));
    }
    parameters.forEach(lambdaParameters::push);
    TypedExpression body = analyze(node.body());
    parameters.forEach(parameter -> lambdaParameters.pop());
    if (body.knownType().isEmpty()) {
      // The first word is all that ksqlDB says.
      throw new UntypedNullException(
          "returnType\nThe type of what a lambda gives is not known: cast NULL to one in "
              + ExpressionPrinter.print(node)
              + ".");
    }
    return new LambdaExpression(parameters, body);
  }

  private static List<Argument> describe(FunctionCall node, List<TypedExpression> values) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      arguments.add(describe(node.arguments().get(i), values.get(i)));
    }
    return arguments;
  }

  /** An argument of a call, as the catalogue of functions needs to know it. */
  public static Argument describe(Expression written, TypedExpression value) {
    if (value instanceof UnitOfTime) {
      return new Argument.IntervalUnit();
    }
    if (value instanceof LambdaExpression lambda) {
      return new Argument.LambdaArgument(
          lambda.parameters().stream().map(LambdaParameter::type).toList(),
          lambda.knownType().orElse(null));
    }
    return Argument.Value.of(value.knownType(), ExpressionPrinter.print(written));
  }

  /** Casts arguments to what a function takes; an entry without a type takes any value. */
  public static List<TypedExpression> cast(List<TypedExpression> values, List<SqlType> targets) {
    List<TypedExpression> cast = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      cast.add(cast(values.get(i), targets.get(i)));
    }
    return cast;
  }

  private static TypedExpression cast(TypedExpression value, SqlType target) {
    boolean fits = target == null || value.knownType().filter(t -> !t.equals(target)).isEmpty();
    return fits || value instanceof LambdaExpression ? value : new Cast(value, target);
  }

  @Override
  public TypedExpression visitLambda(Lambda node) {
    throw new SqlException(
        "A lambda can only be an argument of a function: " + ExpressionPrinter.print(node));
  }

  @Override
  public TypedExpression visitArithmetic(Expression.Arithmetic node) {
    TypedExpression left = analyze(node.left());
    TypedExpression right = analyze(node.right());
    SqlType type = arithmeticType(node, left, right);
    return new Arithmetic(node.operator(), operand(left, type), operand(right, type), type);
  }

  private static SqlType arithmeticType(
      Expression.Arithmetic node, TypedExpression left, TypedExpression right) {
    try {
      if (left.knownType().isEmpty() || right.knownType().isEmpty()) {
        throw new SqlException(
            "Arithmetic on types "
                + typeName(left, "null")
                + " and "
                + typeName(right, "null")
                + " are not supported.");
      }
      return Operators.arithmeticType(node.operator(), left.type(), right.type());
    } catch (SqlException e) {
      String written = ExpressionPrinter.print(node);
      throw new SqlException(
          "Error processing expression: "
              + written
              + ". "
              + e.getMessage()
              + "\nStatement: "
              + written,
          e);
    }
  }

  /**
   * Decimal arithmetic works on decimals of the operands' own scales, all other arithmetic on
   * values of the result's type.
   */
  private static TypedExpression operand(TypedExpression operand, SqlType result) {
    if (result.base() == BaseType.DECIMAL) {
      return cast(operand, Decimals.typeFor(operand.type()));
    }
    return cast(operand, result);
  }

  @Override
  public TypedExpression visitSign(Sign node) {
    TypedExpression operand = analyze(node.operand());
    if (operand.knownType().filter(type -> type.base().isNumber()).isEmpty()) {
      throw new SqlException(
          "Unary plus and minus need a number, but "
              + ExpressionPrinter.print(node.operand())
              + " is "
              + typeName(operand));
    }
    if (!node.negative()) {
      return operand;
    }
    return operand instanceof Literal literal ? negated(literal) : new Negate(operand);
  }

  private static Literal negated(Literal literal) {
    Object value =
        switch (literal.type().base()) {
          case INTEGER -> -(Integer) literal.value();
          case BIGINT -> -(Long) literal.value();
          case DOUBLE -> -(Double) literal.value();
          default -> ((BigDecimal) literal.value()).negate();
        };
    return new Literal(value, literal.type());
  }

  @Override
  public TypedExpression visitComparison(Expression.Comparison node) {
    return compare(node.operator(), node.left(), node.right());
  }

  private TypedExpression compare(
      ComparisonOperator operator, Expression writtenLeft, Expression writtenRight) {
    TypedExpression left = analyze(writtenLeft);
    TypedExpression right = analyze(writtenRight);
    boolean withNull = left.knownType().isEmpty() || right.knownType().isEmpty();
    if (withNull && untyped) {
      throw new CodeGenerationException("NULL equals nothing: use IS NULL or IS NOT NULL.");
    }
    if (withNull) {
      throw new SqlException(
          "Comparison with NULL not supported: "
              + baseOf(left)
              + " "
              + operator.symbol()
              + " "
              + baseOf(right)
              + "\nUse 'IS NULL' or 'IS NOT NULL' instead.");
    }
    if (untyped && Operators.areCheckedInCode(operator, left.type(), right.type())) {
      requireCode(operator, left, right);
    }
    boolean fits =
        Operators.comparable(operator, left.type(), right.type())
            || (untyped && Operators.haveCode(operator, left.type(), right.type()));
    if (!fits) {
      throw incomparable(operator, writtenLeft, left, writtenRight, right);
    }
    return new Comparison(operator, asTime(left, right.type()), asTime(right, left.type()));
  }

  private static void requireCode(
      ComparisonOperator operator, TypedExpression left, TypedExpression right) {
    BetweenTypes.refusal(operator, left.type().base(), right.type().base())
        .ifPresent(
            refusal -> {
              throw new ConversionException(refusal);
            });
  }

  private static SqlException incomparable(
      ComparisonOperator operator,
      Expression writtenLeft,
      TypedExpression left,
      Expression writtenRight,
      TypedExpression right) {
    return new SqlException(
        "Cannot compare "
            + described(writtenLeft, left)
            + " to "
            + described(writtenRight, right)
            + " with "
            + operator
            + ".\nStatement: ("
            + ExpressionPrinter.print(writtenLeft)
            + " "
            + operator.symbol()
            + " "
            + ExpressionPrinter.print(writtenRight)
            + ")");
  }

  private static String baseOf(TypedExpression value) {
    return value.knownType().map(type -> type.base().toString()).orElse("NULL");
  }

  private static String typeName(TypedExpression typed) {
    return typeName(typed, "NULL");
  }

  private static String typeName(TypedExpression typed, String ofNone) {
    return typed.knownType().map(SqlType::toString).orElse(ofNone);
  }

  private static String described(Expression written, TypedExpression typed) {
    return ExpressionPrinter.print(written) + " (" + typeName(typed) + ")";
  }

  /** A constant text that is compared to a point in time is read as one here, not for each row. */
  private static TypedExpression asTime(TypedExpression operand, SqlType other) {
    boolean isText = operand instanceof Literal && operand.isOf(SqlType.STRING);
    if (!isText || !other.base().isTime()) {
      return operand;
    }
    try {
      Casts.between(SqlType.STRING, other).orElseThrow().apply(((Literal) operand).value());
      return new Cast(operand, other);
    } catch (SqlException e) {
      // It is reported for each row that it is compared to, as in ksqlDB.
      return operand;
    }
  }

  @Override
  public TypedExpression visitLogical(Expression.Logical node) {
    return new Logical(node.and(), truth(node.left()), truth(node.right()));
  }

  private TypedExpression truth(Expression written) {
    TypedExpression typed = analyze(written);
    if (typed.knownType().isEmpty()) {
      throw new SqlException("NULL is no condition: leave it out, or write CAST(NULL AS BOOLEAN).");
    }
    if (!typed.isOf(SqlType.BOOLEAN)) {
      throw new SqlException(
          "Should evaluate to boolean but is " + described(written, typed) + " instead.");
    }
    return typed;
  }

  @Override
  public TypedExpression visitNot(Expression.Not node) {
    return new Not(inCode(() -> truth(node.operand())));
  }

  @Override
  public TypedExpression visitIsNull(Expression.IsNull node) {
    TypedExpression operand = inCode(() -> analyze(node.operand()));
    if (isPrimitive(node.operand(), operand) && notCompiled.isEmpty()) {
      notCompiled =
          Optional.of(
              new ConversionException(
                  "Cannot compare primitive type \""
                      + JavaValue.primitiveOf(operand.type())
                      + "\" with \"null\"",
                  ExpressionPrinter.print(node.operand())
                      + " is never NULL. Ask of its operands whether they are NULL."));
    }
    return new IsNull(node.negated(), operand);
  }

  /** Whether ksqlDB computes it as a primitive value of Java, which cannot be null. */
  private static boolean isPrimitive(Expression written, TypedExpression typed) {
    if (typed.knownType().filter(JavaValue::hasPrimitive).isEmpty()) {
      return false;
    }
    if (written instanceof Sign) {
      return true;
    }
    // A cast to the type that a value has already stays one, though nothing is left of it here.
    return !(written instanceof Expression.Cast)
        && (typed instanceof Literal
            || typed instanceof Arithmetic
            || typed instanceof Comparison
            || typed instanceof Logical
            || typed instanceof Not
            || typed instanceof IsNull
            || typed instanceof In
            || typed instanceof Like);
  }

  @Override
  public TypedExpression visitBetween(Between node) {
    return new Logical(
        true,
        bound(ComparisonOperator.GREATER_THAN_OR_EQUAL, node.operand(), node.low()),
        bound(ComparisonOperator.LESS_THAN_OR_EQUAL, node.operand(), node.high()));
  }

  /** One side of BETWEEN, which takes more types than the operator alone, as in ksqlDB. */
  private TypedExpression bound(
      ComparisonOperator operator, Expression writtenLeft, Expression writtenRight) {
    TypedExpression left = inCode(() -> analyze(writtenLeft));
    TypedExpression right = inCode(() -> analyze(writtenRight));
    if (left.knownType().isEmpty() || right.knownType().isEmpty()) {
      throw new CodeGenerationException(
          "A bound of BETWEEN cannot be NULL: nothing is between. Write a comparison for the bound"
              + " there is.");
    }
    requireCode(operator, left, right);
    if (!BetweenTypes.allowed(left.type().base(), right.type().base())) {
      throw incomparable(operator, writtenLeft, left, writtenRight, right);
    }
    return new Comparison(operator, asTime(left, right.type()), asTime(right, left.type()));
  }

  @Override
  public TypedExpression visitIn(Expression.In node) {
    List<Expression> all = new ArrayList<>();
    all.add(node.operand());
    all.addAll(node.candidates());
    List<TypedExpression> coerced;
    try {
      coerced = inCode(() -> new Coercion(this).coerce(all).expressions());
    } catch (CodeGenerationException | ConversionException e) {
      throw e;
    } catch (SqlException e) {
      throw new ConversionException(e.getMessage(), e);
    }
    List<TypedExpression> candidates = coerced.subList(1, coerced.size());
    if (candidates.stream().allMatch(candidate -> candidate.knownType().isEmpty())) {
      throw new CodeGenerationException(
          "IN needs a candidate that is not NULL: NULL equals nothing.");
    }
    return new In(coerced.get(0), candidates);
  }

  @Override
  public TypedExpression visitLike(Expression.Like node) {
    TypedExpression operand = inCode(() -> analyze(node.operand()));
    TypedExpression pattern = inCode(() -> analyze(node.pattern()));
    for (TypedExpression each : List.of(operand, pattern)) {
      if (each.knownType().isPresent() && !each.isOf(SqlType.STRING)) {
        throw new SqlException(
            "Can only perform LIKE on strings, but "
                + ExpressionPrinter.print(node)
                + " has "
                + typeName(each));
      }
    }
    return new Like(operand, pattern, node.escape());
  }

  @Override
  public TypedExpression visitCase(Expression.Case node) {
    if (node.operand().isPresent()) {
      throw new NotImplementedException(
          "not yet implemented: io.confluent.ksql.execution.util.ExpressionTypeManager$Visitor"
              + ".visitSimpleCaseExpression\n"
              + "CASE with an operand is not implemented in ksqlDB: write CASE WHEN "
              + ExpressionPrinter.print(node.operand().get())
              + " = "
              + ExpressionPrinter.print(node.whens().get(0).condition())
              + " THEN … END.");
    }
    List<Branch> branches = new ArrayList<>();
    SqlType type = null;
    for (When when : node.whens()) {
      TypedExpression condition = condition(when);
      TypedExpression result = analyze(when.result());
      if (type != null && result.knownType().isPresent() && !result.isOf(type)) {
        throw new SqlException(
            "Invalid Case expression. Type for all 'THEN' clauses should be the same.\n"
                + "THEN expression '"
                + "WHEN "
                + ExpressionPrinter.print(when.condition())
                + " THEN "
                + ExpressionPrinter.print(when.result())
                + "' has type: "
                + result.type()
                + ".\nPrevious THEN expression(s) type: "
                + type
                + ".");
      }
      type = type == null ? result.knownType().orElse(null) : type;
      branches.add(new Branch(condition, result));
    }
    Optional<TypedExpression> otherwise = node.otherwise().map(this::analyze);
    return new Case(branches, otherwise, caseType(type, otherwise));
  }

  private TypedExpression condition(When when) {
    TypedExpression condition = analyze(when.condition());
    if (!condition.isOf(SqlType.BOOLEAN)) {
      throw new SqlException(
          "WHEN operand type should be boolean.\nType for '"
              + ExpressionPrinter.print(when.condition())
              + "' is "
              + typeName(condition));
    }
    return condition;
  }

  private static SqlType caseType(SqlType then, Optional<TypedExpression> otherwise) {
    SqlType fallback = otherwise.flatMap(TypedExpression::knownType).orElse(null);
    if (then == null && fallback == null) {
      throw new SqlException("Invalid Case expression. All case branches have NULL type");
    }
    if (then != null && fallback != null && !then.equals(fallback)) {
      throw new SqlException(
          "Invalid Case expression. Type for the default clause should be the same as for 'THEN'"
              + " clauses.\nTHEN type: "
              + then
              + ".\nDEFAULT type: "
              + fallback
              + ".");
    }
    return then == null ? fallback : then;
  }

  @Override
  public TypedExpression visitCast(Expression.Cast node) {
    TypedExpression operand = inCode(() -> analyze(node.operand()));
    SqlType target = types.resolve(node.target());
    if (operand.knownType().filter(from -> Casts.between(from, target).isEmpty()).isPresent()) {
      throw new ConversionException(
          "Cast of " + operand.type() + " to " + target + " is not supported");
    }
    return operand.isOf(target) ? operand : new Cast(operand, target, nulls);
  }

  /**
   * A part of an expression whose type does not depend on what is in it, such as what NOT, CAST or
   * IN look at: ksqlDB finds a call that no function takes, or what it does not implement, only as
   * it generates code for it.
   */
  private <T> T inCode(Supplier<T> part) {
    boolean before = untyped;
    untyped = true;
    try {
      return part.get();
    } catch (NotImplementedException | UntypedNullException e) {
      throw new CodeGenerationException(e.getMessage());
    } catch (FunctionException e) {
      throw new ConversionException(e.getMessage(), e);
    } finally {
      untyped = before;
    }
  }

  /** Arguments of a function, which has to know their types. */
  private <T> T typed(Supplier<T> arguments) {
    boolean before = untyped;
    untyped = false;
    try {
      return arguments.get();
    } finally {
      untyped = before;
    }
  }

  /** ksqlDB has the words for it, but does not carry it out. */
  private static final class NotImplementedException extends SqlException {

    private static final long serialVersionUID = 1;

    NotImplementedException(String message) {
      super(message);
    }
  }

  @Override
  public TypedExpression visitDereference(Dereference node) {
    TypedExpression struct = analyze(node.struct());
    if (!(struct.knownType().orElse(null) instanceof SqlType.Struct type)) {
      throw new SqlException("Expected STRUCT type, got: " + typeName(struct));
    }
    SqlType.Field field =
        type.field(node.field())
            .orElseThrow(
                () ->
                    new SqlException(
                        "Could not find field '"
                            + node.field()
                            + "' in '"
                            + ExpressionPrinter.print(node.struct()).replace("`", "")
                            + "'."
                            + hint(node.field(), type)));
    return new FieldOf(struct, field.name(), field.type());
  }

  private static String hint(String field, SqlType.Struct type) {
    List<String> known = type.fields().stream().map(SqlType.Field::name).toList();
    return NearMiss.hint(NearMiss.of(field, known).map(Names::identifier));
  }

  @Override
  public TypedExpression visitSubscript(Subscript node) {
    TypedExpression base = analyze(node.base());
    TypedExpression index = inCode(() -> analyze(node.index()));
    SqlType type = base.knownType().orElse(null);
    if (type instanceof SqlType.Array array) {
      boolean integer = index.isOf(SqlType.INTEGER) || index.isOf(SqlType.BIGINT);
      checkSubscript(node, index, integer, SqlType.INTEGER);
      return new ElementOf(base, asType(index, SqlType.INTEGER), array.element());
    }
    if (type instanceof SqlType.Map map) {
      // A key of another type is none of the map's: there is nothing at it, as in ksqlDB.
      return new ElementOf(base, index, map.value());
    }
    throw new SqlException(
        "Subscript expression ("
            + ExpressionPrinter.print(node)
            + ") do not apply to "
            + typeName(base)
            + "."
            + (type instanceof SqlType.Struct ? dereferenceHint(node) : ""));
  }

  private static String dereferenceHint(Subscript node) {
    return " Use the dereference operator for STRUCTS: "
        + ExpressionPrinter.print(node.base())
        + "->"
        + ExpressionPrinter.print(node.index());
  }

  /** NULL fits every type, and finds nothing. */
  private static void checkSubscript(
      Subscript node, TypedExpression index, boolean fits, SqlType wanted) {
    if (index.knownType().isPresent() && !fits) {
      throw new SqlException(
          "The subscript of "
              + ExpressionPrinter.print(node.base())
              + " must be "
              + wanted
              + ", but "
              + described(node.index(), index)
              + " is given.");
    }
  }

  private static TypedExpression asType(TypedExpression value, SqlType type) {
    return value.isOf(type) ? value : new Cast(value, type);
  }

  @Override
  public TypedExpression visitArray(ArrayConstructor node) {
    if (node.elements().isEmpty()) {
      throw new SqlException(
          "Array constructor cannot be empty. Please supply at least one element "
              + ISSUE_4239
              + ".");
    }
    Coercion.Result elements = new Coercion(this).coerce(node.elements());
    SqlType element =
        elements
            .type()
            .orElseThrow(
                () ->
                    new SqlException(
                        "Cannot construct an array with all NULL elements "
                            + ISSUE_4239
                            + ". As a workaround, you may cast a NULL value to the desired type."));
    return new NewArray(elements.expressions(), new SqlType.Array(element));
  }

  @Override
  public TypedExpression visitMap(MapConstructor node) {
    RepeatedKeys.in(node)
        .ifPresent(
            problem -> {
              throw new SqlException(problem);
            });
    if (node.entries().isEmpty()) {
      throw new SqlException(
          "Map constructor cannot be empty. Please supply at least one key value pair "
              + ISSUE_4239
              + ".");
    }
    Coercion coercion = new Coercion(this);
    Coercion.Result keys = coercion.coerce(node.entries().stream().map(Entry::key).toList());
    Coercion.Result values = coercion.coerce(node.entries().stream().map(Entry::value).toList());
    SqlType.Map type =
        new SqlType.Map(
            keys.type().orElseThrow(() -> allNull("key")),
            values.type().orElseThrow(() -> allNull("value")));
    return new NewMap(keys.expressions(), values.expressions(), type);
  }

  private static SqlException allNull(String part) {
    return new SqlException(
        "Cannot construct a map with all NULL "
            + part
            + "s "
            + ISSUE_4239
            + ". As a workaround, you may cast a NULL "
            + part
            + " to the desired type.");
  }

  @Override
  public TypedExpression visitStruct(StructConstructor node) {
    List<TypedExpression> values = new ArrayList<>();
    Map<String, SqlType.Field> fields = new LinkedHashMap<>();
    for (Expression.NamedExpression named : node.fields()) {
      TypedExpression value = analyze(named.value());
      if (value.knownType().isEmpty()) {
        // The first word is all that ksqlDB says.
        throw new SqlException(
            "type\nThe type of field "
                + named.name()
                + " of a STRUCT is not known: cast NULL to one.");
      }
      values.add(value);
      SqlType.Field field = new SqlType.Field(named.name(), value.type());
      SqlType.Field earlier = fields.put(named.name(), field);
      if (earlier != null) {
        throw new SqlException(
            "Duplicate field names found in STRUCT: '%s' and '%s'".formatted(earlier, field));
      }
    }
    return new NewStruct(values, new SqlType.Struct(List.copyOf(fields.values())));
  }

  /** The operator's own view of what it can work on. */
  private static final class Operators {

    private Operators() {}

    static SqlType arithmeticType(ArithmeticOperator operator, SqlType left, SqlType right) {
      if (operator == ArithmeticOperator.ADD
          && SqlType.STRING.equals(left)
          && SqlType.STRING.equals(right)) {
        return SqlType.STRING;
      }
      if (!left.base().isNumber() || !right.base().isNumber()) {
        throw unsupported(left, right);
      }
      BaseType wider = left.base().compareTo(right.base()) >= 0 ? left.base() : right.base();
      return switch (wider) {
        case INTEGER -> SqlType.INTEGER;
        case BIGINT -> SqlType.BIGINT;
        case DOUBLE -> SqlType.DOUBLE;
        default -> decimalType(operator, Decimals.typeFor(left), Decimals.typeFor(right));
      };
    }

    private static SqlException unsupported(SqlType left, SqlType right) {
      return new SqlException("Unsupported arithmetic types. " + left.base() + " " + right.base());
    }

    /** The precision and scale that hold every result exactly, as in ksqlDB's documentation. */
    private static SqlType decimalType(
        ArithmeticOperator operator, SqlType.Decimal left, SqlType.Decimal right) {
      int scale = Math.max(left.scale(), right.scale());
      int leftIntegral = left.precision() - left.scale();
      int rightIntegral = right.precision() - right.scale();
      return switch (operator) {
        case ADD, SUBTRACT ->
            new SqlType.Decimal(scale + Math.max(leftIntegral, rightIntegral) + 1, scale);
        case MULTIPLY ->
            new SqlType.Decimal(
                left.precision() + right.precision() + 1, left.scale() + right.scale());
        case DIVIDE -> {
          int quotientScale = Math.max(6, left.scale() + right.precision() + 1);
          yield new SqlType.Decimal(leftIntegral + right.scale() + quotientScale, quotientScale);
        }
        case MODULUS -> new SqlType.Decimal(scale + Math.min(leftIntegral, rightIntegral), scale);
      };
    }

    static boolean comparable(ComparisonOperator operator, SqlType left, SqlType right) {
      BaseType a = left.base();
      BaseType b = right.base();
      if (a.isNumber() && b.isNumber()) {
        return true;
      }
      if (timeComparable(a, b) || timeComparable(b, a)) {
        return true;
      }
      return switch (a) {
        case STRING, BYTES -> a == b;
        case BOOLEAN, ARRAY, MAP, STRUCT -> left.equals(right) && isEquality(operator);
        default -> false;
      };
    }

    private static boolean timeComparable(BaseType a, BaseType b) {
      return switch (a) {
        case TIMESTAMP -> b == BaseType.TIMESTAMP || b == BaseType.DATE || b == BaseType.STRING;
        case DATE -> b == BaseType.DATE || b == BaseType.STRING;
        case TIME -> b == BaseType.TIME || b == BaseType.STRING;
        default -> false;
      };
    }

    /**
     * Whether ksqlDB has code for a comparison of types that are not comparable, where nothing asks
     * for its type: what it compares as objects equals nothing of another type.
     */
    static boolean haveCode(ComparisonOperator operator, SqlType left, SqlType right) {
      boolean objects =
          switch (left.base()) {
            case STRING, BYTES, ARRAY, MAP, STRUCT -> right.base() != BaseType.DECIMAL;
            default -> false;
          };
      return (objects && isEquality(operator)) || BetweenTypes.allowed(left.base(), right.base());
    }

    /** Whether ksqlDB looks at the types again as it generates code for the comparison. */
    static boolean areCheckedInCode(ComparisonOperator operator, SqlType left, SqlType right) {
      return !isEquality(operator) || left.base().isTime() || right.base().isTime();
    }

    private static boolean isEquality(ComparisonOperator operator) {
      return switch (operator) {
        case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM -> true;
        default -> false;
      };
    }
  }
}
