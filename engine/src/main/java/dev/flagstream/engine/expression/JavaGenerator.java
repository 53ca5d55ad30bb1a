package dev.flagstream.engine.expression;

import dev.flagstream.engine.ast.Expression.ComparisonOperator;
import dev.flagstream.engine.expression.TypedExpression.Arithmetic;
import dev.flagstream.engine.expression.TypedExpression.Branch;
import dev.flagstream.engine.expression.TypedExpression.Call;
import dev.flagstream.engine.expression.TypedExpression.Case;
import dev.flagstream.engine.expression.TypedExpression.Cast;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
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
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import dev.flagstream.engine.value.ConnectSchemas;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the Java class that computes expressions over the rows of one schema.
 *
 * <p>Values that may be null are references; what cannot be null is primitive. An operand that is
 * null where Java needs a number throws, and so does a function that fails, and with them the
 * expression they are part of, as in ksqlDB. What stands in between and turns an exception into a
 * report and null is a method of its own: an expression, a cast, each argument of a function, each
 * member of a constructor.
 */
final class JavaGenerator implements TypedExpression.Visitor<JavaValue> {

  static final String CLASS_NAME = "dev.flagstream.engine.expression.generated.Expressions";

  private static final String HEADER =
      """
      package dev.flagstream.engine.expression.generated;

      import dev.flagstream.engine.expression.*;
      import dev.flagstream.engine.expression.RowEvaluator.ErrorListener;
      import dev.flagstream.engine.function.RowBudget;
      import dev.flagstream.engine.function.ScalarFunction.Invoker;
      import java.math.BigDecimal;
      import java.nio.ByteBuffer;
      import java.sql.Date;
      import java.sql.Time;
      import java.sql.Timestamp;
      import java.util.List;
      import java.util.Map;
      import org.apache.kafka.connect.data.Schema;
      import org.apache.kafka.connect.data.Struct;

      """;

  /** How many branches of a CASE are one Java expression, or one method. */
  private static final int BRANCHES_AT_ONE_PLACE = 50;

  /**
   * How many characters of Java a CASE may have without being a method: it may stand in another.
   */
  private static final int LONGEST_CHOICE = 2_000;

  /** How many values that are computed may stand in one Java expression. */
  private static final int VALUES_AT_ONE_PLACE = 50;

  private final RowSchema input;
  private final Map<String, ?> properties;
  private final List<Field> fields = new ArrayList<>();
  private final Map<Text, String> texts = new HashMap<>();
  private final StringBuilder methods = new StringBuilder();
  private final List<LambdaVariable> lambdaVariables = new ArrayList<>();

  /** Whether only a part is taken of the column, parameter, field or element that comes next. */
  private boolean partTaken;

  private int nextMethod;
  private int nextVariable;

  /**
   * Whether what is generated calls functions or searches texts, which the row has a budget for.
   */
  private boolean spends;

  JavaGenerator(RowSchema input, Map<String, ?> properties) {
    this.input = input;
    this.properties = properties;
  }

  /** A constant object of the class: a literal, a function's instance, a pattern. */
  private record Field(String className, String name, Object value) {}

  /** A text that several places share; there may be tens of thousands. */
  private record Text(String className, String text) {}

  /** A parameter of a surrounding lambda, as a Java variable. */
  private record LambdaVariable(LambdaParameter parameter, String name) {
    String declaration() {
      return "final " + JavaValue.classOf(parameter.type()) + " " + name;
    }
  }

  /** The values the constructor takes, in order. */
  Object[] constants() {
    return fields.stream().map(Field::value).toArray();
  }

  String evaluatorSource(List<TypedExpression> expressions) {
    StringBuilder results = new StringBuilder();
    for (TypedExpression expression : expressions) {
      results.append("      ").append(result(expression)).append(",\n");
    }
    return classSource(
        "RowEvaluator",
        "  public Object[] evaluate(final Object[] key, final Object[] value) {\n"
            + "    return new Object[] {\n"
            + results
            + "    };\n"
            + "  }\n");
  }

  String conditionSource(TypedExpression condition) {
    JavaValue truth = generate(condition);
    String body =
        truth.primitive()
            ? budget() + "      return " + truth.text() + ";\n"
            : budget()
                + "      final Boolean truth = "
                + truth.text()
                + ";\n      return truth != null && truth.booleanValue();\n";
    return classSource(
        "RowEvaluator.Condition",
        "  public boolean test(final Object[] key, final Object[] value) {\n"
            + guarded(body, condition, "false")
            + "  }\n");
  }

  private String classSource(String interfaceName, String entryPoint) {
    StringBuilder source = new StringBuilder(HEADER);
    source.append("public final class Expressions implements ").append(interfaceName);
    source.append(" {\n\n  private final ErrorListener errors;\n");
    StringBuilder assignments = new StringBuilder("    this.errors = errors;\n");
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      source.append("  private final %s %s;%n".formatted(field.className(), field.name()));
      assignments.append(
          "    this.%s = (%s) constants[%d];%n".formatted(field.name(), field.className(), i));
    }
    source.append("\n  public Expressions(ErrorListener errors, Object[] constants) {\n");
    source.append(assignments).append("  }\n\n").append(entryPoint).append(methods);
    return source.append("}\n").toString();
  }

  /** A column as it is, or the call of a method that computes the expression. */
  private String result(TypedExpression expression) {
    if (expression instanceof ColumnReference column) {
      return element(column.name());
    }
    spends = false;
    JavaValue computed = generate(expression);
    return computed.repeatable()
        ? computed.asObject()
        : method(
            "expression",
            "Object",
            expression,
            budget() + "      return " + computed.asObject() + ";\n");
  }

  /** The first line of an expression that spends. */
  private String budget() {
    return spends ? "      RowBudget.begin();\n" : "";
  }

  /** Adds a method that turns exceptions into a report and null; returns the call of it. */
  private String method(String prefix, String returnType, TypedExpression expression, String body) {
    return addMethod(prefix, returnType, expression, guarded(body, expression, "null"));
  }

  private String addMethod(
      String prefix, String returnType, TypedExpression expression, String body) {
    String name = prefix + nextMethod++;
    String parameters =
        lambdaVariables.stream().map(v -> ", " + v.declaration()).collect(Collectors.joining());
    String arguments =
        lambdaVariables.stream().map(v -> ", " + v.name()).collect(Collectors.joining());
    methods.append("\n  // ").append(comment(expression));
    methods.append(
        "\n  %s %s(final Object[] key, final Object[] value%s) {%n"
            .formatted(returnType, name, parameters));
    methods.append(body).append("  }\n");
    return name + "(key, value" + arguments + ")";
  }

  private String guarded(String body, TypedExpression expression, String fallback) {
    String text = field("String", "sql", expression.sql());
    return "    try {\n"
        + body
        + "    } catch (Throwable failure) {\n"
        + (lambdaVariables.isEmpty() ? "      Values.report(" : "      Values.reportOfLambda(")
        + ("errors, " + text + ", failure);\n")
        + ("      return " + fallback + ";\n")
        + "    }\n";
  }

  /** The SQL on one line and without backslashes, which Java reads even in comments. */
  private static String comment(TypedExpression expression) {
    return expression.sql().replaceAll("[\\\\\\p{Cntrl}]", " ");
  }

  private String field(String className, String prefix, Object value) {
    return value instanceof String text
        ? texts.computeIfAbsent(
            new Text(className, text), missing -> newField(className, prefix, text))
        : newField(className, prefix, value);
  }

  private String newField(String className, String prefix, Object value) {
    String name = prefix + fields.size();
    fields.add(new Field(className, name, value));
    return name;
  }

  private JavaValue generate(TypedExpression expression) {
    return expression.accept(this);
  }

  private String objects(List<TypedExpression> expressions) {
    boolean many = expressions.size() > VALUES_AT_ONE_PLACE;
    return expressions.stream()
        .map(expression -> many ? byMethod(expression) : generate(expression).asObject())
        .collect(Collectors.joining(", ", "new Object[] {", "}"));
  }

  private String byMethod(TypedExpression expression) {
    JavaValue value = generate(expression);
    return value.repeatable()
        ? value.asObject()
        : addMethod("value", "Object", expression, "    return " + value.asObject() + ";\n");
  }

  /**
   * Like {@link #objects}, except that a value that cannot be computed is null and does not affect
   * the others.
   */
  private String members(List<TypedExpression> expressions) {
    return expressions.stream()
        .map(this::member)
        .collect(Collectors.joining(", ", "new Object[] {", "}"));
  }

  /**
   * A function or a field that fails as an argument of another is null there; any other failure is
   * passed on.
   */
  private String arguments(List<TypedExpression> expressions) {
    return expressions.stream()
        .map(e -> e instanceof Call || e instanceof FieldOf ? member(e) : generate(e).asObject())
        .collect(Collectors.joining(", ", "new Object[] {", "}"));
  }

  private String member(TypedExpression expression) {
    JavaValue value = generate(expression);
    return value.repeatable()
        ? value.asObject()
        : method("member", "Object", expression, "      return " + value.asObject() + ";\n");
  }

  // --------------------------------------------------------------------------- names and constants

  @Override
  public JavaValue visitNull(Null node) {
    return JavaValue.untyped("null", true);
  }

  @Override
  public JavaValue visitLiteral(Literal node) {
    SqlType type = node.type();
    return switch (type.base()) {
      case BOOLEAN -> JavaValue.constant(node.value().toString(), type);
      case INTEGER -> JavaValue.constant("(" + node.value() + ")", type);
      case BIGINT -> JavaValue.constant("(" + node.value() + "L)", type);
      case DOUBLE ->
          Double.isFinite((Double) node.value())
              ? JavaValue.constant("(" + node.value() + "D)", type)
              : JavaValue.variable(field("Double", "number", node.value()), type);
      default -> JavaValue.variable(field(JavaValue.classOf(type), "constant", node.value()), type);
    };
  }

  @Override
  public JavaValue visitUnitOfTime(UnitOfTime node) {
    return JavaValue.untyped(field("Object", "unit", node.unit()), true);
  }

  @Override
  public JavaValue visitColumn(ColumnReference node) {
    String cast = "((" + JavaValue.classOf(node.type()) + ") " + element(node.name()) + ")";
    return looked(isPartTaken(), JavaValue.variable(cast, node.type()));
  }

  private String element(String name) {
    for (int i = 0; i < input.key().size(); i++) {
      if (input.key().get(i).name().equals(name)) {
        return "(key == null ? null : key[" + i + "])";
      }
    }
    List<Column> value = input.value();
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).name().equals(name)) {
        return "value[" + i + "]";
      }
    }
    throw new IllegalStateException("no column " + name + " in " + input);
  }

  @Override
  public JavaValue visitLambdaParameter(LambdaParameter node) {
    boolean part = isPartTaken();
    for (int i = lambdaVariables.size() - 1; i >= 0; i--) {
      LambdaVariable variable = lambdaVariables.get(i);
      if (variable.parameter().name().equals(node.name())) {
        return looked(part, JavaValue.variable(variable.name(), node.type()));
      }
    }
    throw new IllegalStateException("no lambda parameter " + node.name());
  }

  /** A value that a lambda looks at costs what it is large, unless only a part of it is taken. */
  private JavaValue looked(boolean part, JavaValue value) {
    return lambdaVariables.isEmpty() || part || !ofAnySize(value.type())
        ? value
        : JavaValue.object(
            "((%s) RowBudget.inLambda(%s))"
                .formatted(JavaValue.classOf(value.type()), value.text()),
            value.type());
  }

  private static boolean ofAnySize(SqlType type) {
    return switch (type.base()) {
      case STRING, BYTES, ARRAY, MAP, STRUCT -> true;
      default -> false;
    };
  }

  /** The value that a part is taken of, which costs nothing by itself. */
  private JavaValue whole(TypedExpression expression) {
    partTaken =
        expression instanceof ColumnReference
            || expression instanceof LambdaParameter
            || expression instanceof FieldOf
            || expression instanceof ElementOf;
    return generate(expression);
  }

  private boolean isPartTaken() {
    boolean taken = partTaken;
    partTaken = false;
    return taken;
  }

  // ------------------------------------------------------------------------------------- functions

  @Override
  public JavaValue visitCall(Call node) {
    spends = true;
    String invoker = field("Invoker", "function", node.function().newInvoker(properties));
    String className = JavaValue.classOf(node.type());
    String body =
        "    return ("
            + className
            + ") Values.call("
            + invoker
            + ", "
            + arguments(node.arguments())
            + ");\n";
    return JavaValue.object(addMethod("call", className, node, body), node.type());
  }

  @Override
  public JavaValue visitLambda(LambdaExpression node) {
    List<LambdaVariable> variables = new ArrayList<>();
    for (LambdaParameter parameter : node.parameters()) {
      variables.add(new LambdaVariable(parameter, "x" + nextVariable++));
    }
    String arguments =
        variables.stream()
            .map(variable -> "final Object " + variable.name() + "_")
            .collect(Collectors.joining(", "));
    String casts =
        variables.stream()
            .map(
                variable ->
                    variable.declaration()
                        + " = ("
                        + JavaValue.classOf(variable.parameter().type())
                        + ") "
                        + variable.name()
                        + "_; ")
            .collect(Collectors.joining());
    lambdaVariables.addAll(variables);
    String body = generate(node.body()).asObject();
    lambdaVariables
        .subList(lambdaVariables.size() - variables.size(), lambdaVariables.size())
        .clear();
    return JavaValue.untyped(
        "new "
            + functionType(variables.size())
            + "() { public Object apply("
            + arguments
            + ") { "
            + casts
            + "return RowBudget.ofLambda("
            + body
            + "); } }",
        false);
  }

  private static String functionType(int parameters) {
    return switch (parameters) {
      case 1 -> "java.util.function.Function";
      case 2 -> "java.util.function.BiFunction";
      case 3 -> "io.confluent.ksql.function.TriFunction";
      default -> throw new IllegalStateException("a lambda of " + parameters + " parameters");
    };
  }

  // ------------------------------------------------------------------------------------- operators

  @Override
  public JavaValue visitArithmetic(Arithmetic node) {
    if (node.type() instanceof SqlType.Decimal decimal) {
      String operation =
          switch (node.operator()) {
            case ADD -> "add";
            case SUBTRACT -> "subtract";
            case MULTIPLY -> "multiply";
            case DIVIDE -> "divide";
            case MODULUS -> "remainder";
          };
      return JavaValue.object(
          "Decimals.%s(%s, %s, %d, %d)"
              .formatted(
                  operation,
                  generate(node.left()).asObject(),
                  generate(node.right()).asObject(),
                  decimal.precision(),
                  decimal.scale()),
          decimal);
    }
    if (SqlType.STRING.equals(node.type())) {
      spends = true;
      return JavaValue.object(
          "Values.joined(%s, %s)"
              .formatted(generate(node.left()).asObject(), generate(node.right()).asObject()),
          SqlType.STRING);
    }
    return JavaValue.primitive(
        "("
            + number(node.left())
            + " "
            + node.operator().symbol()
            + " "
            + number(node.right())
            + ")",
        node.type());
  }

  /** A number of primitive type, without boxing on the way where it is cast. */
  private String number(TypedExpression expression) {
    if (expression instanceof Cast cast
        && cast.operand().knownType().filter(JavaGenerator::isPrimitiveNumber).isPresent()) {
      return "((" + JavaValue.primitiveOf(cast.type().base()) + ") " + number(cast.operand()) + ")";
    }
    return generate(expression).asPrimitive();
  }

  private static boolean isPrimitiveNumber(SqlType type) {
    return JavaValue.hasPrimitive(type) && type.base().isNumber();
  }

  @Override
  public JavaValue visitNegate(Negate node) {
    if (node.type().base() == BaseType.DECIMAL) {
      return JavaValue.object(generate(node.operand()).asObject() + ".negate()", node.type());
    }
    return JavaValue.primitive("(-" + number(node.operand()) + ")", node.type());
  }

  @Override
  public JavaValue visitComparison(Comparison node) {
    JavaValue left = generate(node.left());
    JavaValue right = generate(node.right());
    boolean bothPrimitive = left.primitive() && right.primitive();
    if (bothPrimitive || (left.repeatable() && right.repeatable())) {
      return JavaValue.primitive(
          "(" + comparison(node.operator(), left, right) + ")", SqlType.BOOLEAN);
    }
    return JavaValue.primitive(comparisonMethod(node, left, right), SqlType.BOOLEAN);
  }

  /**
   * Computes the operands once, since they are looked at twice: for null, and for their value. The
   * left one comes first, and if it is null, the right one is not looked at.
   */
  private String comparisonMethod(Comparison node, JavaValue left, JavaValue right) {
    JavaValue boundLeft = bound(left, "left");
    JavaValue boundRight = bound(right, "right");
    String body =
        declaration(left, "left")
            + (node.operator() == ComparisonOperator.IS_DISTINCT_FROM ? "" : falseIfNull(boundLeft))
            + declaration(right, "right")
            + "    return "
            + comparison(node.operator(), boundLeft, boundRight)
            + ";\n";
    return addMethod("comparison", "boolean", node, body);
  }

  private static String falseIfNull(JavaValue value) {
    return value.primitive() ? "" : "    if (" + value.text() + " == null) return false;\n";
  }

  private static JavaValue bound(JavaValue value, String name) {
    if (value.repeatable()) {
      return value;
    }
    return value.primitive()
        ? JavaValue.constant(name, value.type())
        : JavaValue.variable(name, value.type());
  }

  private static String declaration(JavaValue value, String name) {
    if (value.repeatable()) {
      return "";
    }
    String className =
        value.primitive() ? JavaValue.primitiveOf(value.type()) : JavaValue.classOf(value.type());
    return "    final " + className + " " + name + " = " + value.text() + ";\n";
  }

  private static String comparison(ComparisonOperator operator, JavaValue left, JavaValue right) {
    if (operator == ComparisonOperator.IS_DISTINCT_FROM) {
      return distinct(left, right);
    }
    String nullChecks = notNull(left) + notNull(right);
    return nullChecks + comparisonOfPresent(operator, left, right);
  }

  private static String notNull(JavaValue value) {
    return value.primitive() ? "" : value.text() + " != null && ";
  }

  /** What <> says of values; one that is null differs from all others. */
  private static String distinct(JavaValue left, JavaValue right) {
    String different = comparisonOfPresent(ComparisonOperator.NOT_EQUAL, left, right);
    if (left.primitive() && right.primitive()) {
      return different;
    }
    if (left.primitive() || right.primitive()) {
      return (left.primitive() ? right : left).text() + " == null || " + different;
    }
    return "(%1$s == null || %2$s == null ? %1$s != null || %2$s != null : %3$s)"
        .formatted(left.text(), right.text(), different);
  }

  private static String comparisonOfPresent(
      ComparisonOperator operator, JavaValue left, JavaValue right) {
    String symbol = javaOperator(operator);
    BaseType a = left.type().base();
    BaseType b = right.type().base();
    boolean hasOrder = a == b || b == BaseType.DECIMAL || b.isTime();
    if (isTextOrBytes(a) && !hasOrder && !isEquality(operator)) {
      return "Values.incomparable(\"" + a + "\", \"" + b + "\")";
    }
    if (a == BaseType.DECIMAL || b == BaseType.DECIMAL) {
      return decimal(left) + ".compareTo(" + decimal(right) + ") " + symbol + " 0";
    }
    if (JavaValue.hasPrimitive(left.type())) {
      boolean isDouble = a == BaseType.DOUBLE || b == BaseType.DOUBLE;
      return isDouble && operator == ComparisonOperator.NOT_EQUAL
          ? "Values.differ(" + left.asPrimitive() + ", " + right.asPrimitive() + ")"
          : left.asPrimitive() + " " + symbol + " " + right.asPrimitive();
    }
    if (a.isTime() || b.isTime()) {
      return milliseconds(left, b) + " " + symbol + " " + milliseconds(right, a);
    }
    return switch (operator) {
      case EQUAL -> left.text() + ".equals(" + right.asObject() + ")";
      case NOT_EQUAL -> "!" + left.text() + ".equals(" + right.asObject() + ")";
      default -> left.text() + ".compareTo(" + right.text() + ") " + symbol + " 0";
    };
  }

  /** Text that is compared to a point in time is read as one, once it is known not to be null. */
  private static String milliseconds(JavaValue value, BaseType other) {
    if (value.type().base() != BaseType.STRING) {
      return value.text() + ".getTime()";
    }
    String reader =
        switch (other) {
          case DATE -> "parseDate";
          case TIME -> "parseTime";
          default -> "parseTimestamp";
        };
    return "TimeText." + reader + "(" + value.text() + ").getTime()";
  }

  private static boolean isEquality(ComparisonOperator operator) {
    return operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_EQUAL;
  }

  private static boolean isTextOrBytes(BaseType type) {
    return type == BaseType.STRING || type == BaseType.BYTES;
  }

  private static String decimal(JavaValue number) {
    if (number.type().base() == BaseType.STRING) {
      return "Casts.exactly(" + number.text() + ")";
    }
    return number.type().base() == BaseType.DECIMAL
        ? number.text()
        : "BigDecimal.valueOf(" + number.asPrimitive() + ")";
  }

  private static String javaOperator(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      default -> operator.symbol();
    };
  }

  @Override
  public JavaValue visitLogical(Logical node) {
    // A chain of many is no deep tree in Java, either.
    Deque<TypedExpression> operands = new ArrayDeque<>();
    TypedExpression first = node;
    while (first instanceof Logical logical && logical.and() == node.and()) {
      operands.push(logical.right());
      first = logical.left();
    }
    operands.push(first);
    return JavaValue.primitive(
        operands.stream()
            .map(this::truth)
            .collect(Collectors.joining(node.and() ? " && " : " || ", "(", ")")),
        SqlType.BOOLEAN);
  }

  private String truth(TypedExpression expression) {
    return generate(expression).asPrimitive();
  }

  @Override
  public JavaValue visitNot(Not node) {
    return JavaValue.primitive("(!" + truth(node.operand()) + ")", SqlType.BOOLEAN);
  }

  @Override
  public JavaValue visitIsNull(IsNull node) {
    String operator = node.negated() ? " != null" : " == null";
    return JavaValue.primitive(
        "(" + generate(node.operand()).asObject() + operator + ")", SqlType.BOOLEAN);
  }

  @Override
  public JavaValue visitIn(In node) {
    if (node.candidates().stream().allMatch(JavaGenerator::isConstant)) {
      return JavaValue.primitive(
          constants(node.candidates()) + ".contains(" + generate(node.operand()).asObject() + ")",
          SqlType.BOOLEAN);
    }
    return JavaValue.primitive(
        "Values.in("
            + generate(node.operand()).asObject()
            + ", "
            + objects(node.candidates())
            + ")",
        SqlType.BOOLEAN);
  }

  private static boolean isConstant(TypedExpression expression) {
    return expression instanceof Literal || expression instanceof Null;
  }

  /** The set of the constants; NULL, which equals nothing, is none of them. */
  private String constants(List<TypedExpression> candidates) {
    Set<Object> constants = new HashSet<>();
    for (TypedExpression candidate : candidates) {
      if (candidate instanceof Literal literal) {
        constants.add(literal.value());
      }
    }
    return field("java.util.Set", "constants", constants);
  }

  @Override
  public JavaValue visitLike(Like node) {
    spends = true;
    char escape = node.escape().orElse((char) 0);
    String operand = generate(node.operand()).asObject();
    if (node.pattern() instanceof Literal literal) {
      String pattern =
          field("LikePattern", "pattern", LikePattern.of((String) literal.value(), escape));
      return JavaValue.primitive(pattern + ".matches((String) " + operand + ")", SqlType.BOOLEAN);
    }
    String pattern = generate(node.pattern()).asObject();
    return JavaValue.primitive(
        "LikePattern.matches((String) %s, (String) %s, (char) %d)"
            .formatted(operand, pattern, (int) escape),
        SqlType.BOOLEAN);
  }

  @Override
  public JavaValue visitCase(Case node) {
    String className = JavaValue.classOf(node.type());
    List<Branch> branches = node.branches();
    if (branches.size() > BRANCHES_AT_ONE_PLACE) {
      return JavaValue.object(choiceMethods(node, className), node.type());
    }
    StringBuilder choice = new StringBuilder("(");
    for (Branch branch : branches) {
      choice.append(truth(branch.condition())).append(" ? ");
      choice.append(choice(branch.result(), className)).append(" : ");
    }
    choice.append(otherwise(node, className)).append(')');
    return JavaValue.object(
        choice.length() > LONGEST_CHOICE
            ? addMethod("choice", className, node, "    return " + choice + ";\n")
            : choice.toString(),
        node.type());
  }

  /**
   * Many branches are no nested choice, whose compilation takes time that grows with the square,
   * but methods, each of which goes on to the next: short ones, since the JVM leaves long ones
   * uncompiled.
   *
   * @return the call of the first
   */
  private String choiceMethods(Case node, String className) {
    List<Branch> branches = node.branches();
    String rest = otherwise(node, className);
    int start = (branches.size() - 1) / BRANCHES_AT_ONE_PLACE * BRANCHES_AT_ONE_PLACE;
    for (; start >= 0; start -= BRANCHES_AT_ONE_PLACE) {
      int end = Math.min(start + BRANCHES_AT_ONE_PLACE, branches.size());
      StringBuilder body = new StringBuilder();
      for (Branch branch : branches.subList(start, end)) {
        body.append("    if (").append(truth(branch.condition())).append(") return ");
        body.append(choice(branch.result(), className)).append(";\n");
      }
      body.append("    return ").append(rest).append(";\n");
      rest = addMethod("choice", className, branches.get(start).condition(), body.toString());
    }
    return rest;
  }

  private String otherwise(Case node, String className) {
    return node.otherwise().map(e -> choice(e, className)).orElse("(" + className + ") null");
  }

  /** A reference of exactly the class, so that Java does not unbox what may be null. */
  private String choice(TypedExpression expression, String className) {
    return "(" + className + ") " + generate(expression).asObject();
  }

  @Override
  public JavaValue visitCast(Cast node) {
    JavaValue operand = generate(node.operand());
    SqlType target = node.type();
    if (operand.knownType().isEmpty()) {
      return JavaValue.variable("((" + JavaValue.classOf(target) + ") null)", target);
    }
    if (operand.primitive() && isPrimitiveNumber(operand.type()) && isPrimitiveNumber(target)) {
      JavaValue converted =
          JavaValue.primitive(
              "((" + JavaValue.primitiveOf(target.base()) + ") " + operand.text() + ")", target);
      return operand.repeatable() ? converted : guardedCast(node, converted);
    }
    Casts.Conversion conversion = Casts.between(operand.type(), target, node.nulls()).orElseThrow();
    if (node.operand() instanceof Literal literal) {
      Object constant = constantOrNull(conversion, literal.value());
      if (constant != null) {
        return visitLiteral(new Literal(constant, target));
      }
    }
    String cast = field("Casts.Conversion", "cast", conversion);
    JavaValue converted =
        JavaValue.object(
            "((%s) %s.apply(%s))".formatted(JavaValue.classOf(target), cast, operand.asObject()),
            target);
    boolean mayFail = !operand.repeatable() || Casts.mayFail(operand.type(), target);
    return mayFail ? guardedCast(node, converted) : converted;
  }

  /** A value that cannot be cast or computed is null for the expression around the cast. */
  private JavaValue guardedCast(Cast node, JavaValue converted) {
    String className = JavaValue.classOf(node.type());
    return JavaValue.object(
        method("cast", className, node, "      return " + converted.asObject() + ";\n"),
        node.type());
  }

  /** The constant cast; null where that fails, which is then reported for every row. */
  private static Object constantOrNull(Casts.Conversion conversion, Object value) {
    try {
      return conversion.apply(value);
    } catch (RuntimeException e) {
      return null;
    }
  }

  // --------------------------------------------------------------------------------- nested values

  @Override
  public JavaValue visitFieldOf(FieldOf node) {
    boolean part = isPartTaken();
    String name = field("String", "field", node.field());
    String struct = whole(node.struct()).asObject();
    return looked(
        part,
        JavaValue.object(
            "((%s) Values.field(%s, %d, %s))"
                .formatted(JavaValue.classOf(node.type()), struct, placeOf(node), name),
            node.type()));
  }

  /** Where a struct of the type has the field. */
  private static int placeOf(FieldOf node) {
    List<SqlType.Field> fields = ((SqlType.Struct) node.struct().type()).fields();
    return fields.stream().map(SqlType.Field::name).toList().indexOf(node.field());
  }

  @Override
  public JavaValue visitElementOf(ElementOf node) {
    boolean part = isPartTaken();
    if (node.base().type().base() == BaseType.ARRAY) {
      return looked(part, elementOfArray(node));
    }
    String index = generate(node.index()).asObject();
    String map = whole(node.base()).asObject();
    return looked(
        part,
        JavaValue.object(
            "((%s) Values.element(%s, %s))".formatted(JavaValue.classOf(node.type()), map, index),
            node.type()));
  }

  /** Nothing is looked up in a list that is null, so the index may be null as well. */
  private JavaValue elementOfArray(ElementOf node) {
    String className = JavaValue.classOf(node.type());
    JavaValue list = whole(node.base());
    String index = number(node.index());
    if (node.index() instanceof Literal) {
      return JavaValue.object(
          "((%s) Values.element(%s, %s))".formatted(className, list.asObject(), index),
          node.type());
    }
    String body =
        declaration(list, "list")
            + "    if (%1$s == null) return null;%n    return (%2$s) Values.element(%1$s, %3$s);%n"
                .formatted(bound(list, "list").text(), className, index);
    return JavaValue.object(addMethod("element", className, node, body), node.type());
  }

  @Override
  public JavaValue visitNewArray(NewArray node) {
    return JavaValue.object("Values.list(" + members(node.elements()) + ")", node.type());
  }

  @Override
  public JavaValue visitNewMap(NewMap node) {
    return JavaValue.object(
        "Values.map(" + members(node.keys()) + ", " + members(node.values()) + ")", node.type());
  }

  @Override
  public JavaValue visitNewStruct(NewStruct node) {
    String schema = field("Schema", "schema", ConnectSchemas.of(node.type()));
    return JavaValue.object(
        "Values.struct(" + schema + ", " + members(node.values()) + ")", node.type());
  }
}
