package dev.flagstream.engine.property;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws expressions of a wanted type over some columns, with every operator of the grammar and
 * every function of the catalogue; once in a while a part is of another type than wanted.
 */
final class Expressions {

  static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();

  private static final List<CallForm> SCALARS = CallForm.of(FUNCTIONS, Kind.SCALAR);
  private static final Map<SqlType, List<CallForm>> FORMS_BY_RESULT = new HashMap<>();
  private static final List<String> UNITS =
      List.of("DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS");

  /** How many operators, calls and constructors one expression has at most. */
  private static final int MOST_NODES = 25;

  private final Choices choices;
  private final List<Variable> columns;
  private final List<Variable> parameters = new ArrayList<>();
  private int nodes;
  private int lambdas;

  Expressions(Choices choices, List<Variable> columns) {
    this.choices = choices;
    this.columns = columns;
  }

  /** An expression of a type. */
  String of(SqlType type, int depth) {
    nodes = 0;
    return expression(type, depth);
  }

  private String expression(SqlType wanted, int depth) {
    SqlType type = choices.onceIn(60) ? Types.any(choices, 1) : wanted;
    if (depth <= 0 || nodes >= MOST_NODES || !choices.onceIn(2)) {
      return leaf(type);
    }
    nodes++;
    return switch (choices.below(6)) {
      case 0 -> operator(type, depth - 1);
      case 1, 2, 3 -> call(type, depth - 1);
      case 4 -> part(type, depth - 1);
      default -> conversion(type, depth - 1);
    };
  }

  private String leaf(SqlType type) {
    List<Variable> known = new ArrayList<>();
    columns.stream().filter(column -> column.type().equals(type)).forEach(known::add);
    parameters.stream().filter(parameter -> parameter.type().equals(type)).forEach(known::add);
    if (!known.isEmpty() && !choices.onceIn(4)) {
      return choices.of(known).text();
    }
    return choices.onceIn(12) ? "CAST(NULL AS " + type + ")" : DrawnLiterals.of(choices, type);
  }

  // ---------------------------------------------------------------------------------- operators

  private String operator(SqlType type, int depth) {
    if (type.base().isNumber()) {
      return choices.onceIn(6)
          ? "(- " + expression(type, depth) + ")"
          : infix(choices.of("+", "-", "*", "/", "%"), expression(type, depth), number(depth));
    }
    return switch (type.base()) {
      case BOOLEAN -> condition(depth);
      case STRING -> infix(choices.of("+", "||"), expression(type, depth), expression(type, depth));
      case ARRAY, MAP, STRUCT -> constructor(type, depth);
      default -> caseOf(type, depth);
    };
  }

  private static String infix(String operator, String left, String right) {
    return "(" + left + " " + operator + " " + right + ")";
  }

  private String number(int depth) {
    return expression(Types.number(choices), depth);
  }

  private String condition(int depth) {
    SqlType type = Types.any(choices, 1);
    Supplier<String> operand = () -> expression(type, depth);
    Supplier<String> truth = () -> expression(SqlType.BOOLEAN, depth);
    Supplier<String> text = () -> expression(SqlType.STRING, depth);
    String not = choices.of("", "NOT ");
    return choices.ways(
        () ->
            infix(choices.of("=", "<>", "<", "<=", ">", ">=", "!="), operand.get(), operand.get()),
        () -> infix(choices.of("AND", "OR"), truth.get(), truth.get()),
        () -> "(NOT " + truth.get() + ")",
        () -> "(" + operand.get() + " IS " + not + "NULL)",
        () ->
            "(%s %sBETWEEN %s AND %s)".formatted(operand.get(), not, operand.get(), operand.get()),
        () -> "(%s %sIN (%s, %s))".formatted(operand.get(), not, operand.get(), operand.get()),
        () -> "(%s %sLIKE %s)".formatted(text.get(), not, text.get()),
        () -> infix("IS " + not + "DISTINCT FROM", operand.get(), operand.get()),
        () -> infix(choices.of("=", "<", ">="), number(depth), number(depth)));
  }

  private String constructor(SqlType type, int depth) {
    if (type instanceof SqlType.Array array) {
      return Choices.times(choices.between(1, 3), () -> expression(array.element(), depth)).stream()
          .collect(Collectors.joining(", ", "ARRAY[", "]"));
    }
    if (type instanceof SqlType.Map map) {
      // A key that is written twice is refused.
      Map<String, String> byKey = new LinkedHashMap<>();
      Choices.times(choices.between(1, 2), () -> expression(map.key(), depth))
          .forEach(
              key ->
                  byKey.putIfAbsent(
                      key.replaceAll("[()]", "").toUpperCase(Locale.ROOT),
                      key + " := " + expression(map.value(), depth)));
      return byKey.values().stream().collect(Collectors.joining(", ", "MAP(", ")"));
    }
    return ((SqlType.Struct) type)
        .fields().stream()
            .map(field -> "`" + field.name() + "` := " + expression(field.type(), depth))
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }

  private String caseOf(SqlType type, int depth) {
    String otherwise = choices.onceIn(3) ? "" : " ELSE " + expression(type, depth);
    // ksqlDB has no CASE with an operand: it is refused.
    if (choices.onceIn(40)) {
      SqlType compared = Types.flat(choices);
      return "CASE %s WHEN %s THEN %s%s END"
          .formatted(
              expression(compared, depth),
              expression(compared, depth),
              expression(type, depth),
              otherwise);
    }
    return "CASE WHEN %s THEN %s WHEN %s THEN %s%s END"
        .formatted(
            expression(SqlType.BOOLEAN, depth),
            expression(type, depth),
            expression(SqlType.BOOLEAN, depth),
            choices.onceIn(8) ? "NULL" : expression(type, depth),
            otherwise);
  }

  // ------------------------------------------------------------------------ parts and conversions

  /** An element of a list, a value of a map, a field of a struct. */
  private String part(SqlType type, int depth) {
    return choices.ways(
        () ->
            "%s[%s]"
                .formatted(
                    expression(new SqlType.Array(type), depth),
                    choices.of("1", "-1", "0", "2147483647", expression(SqlType.INTEGER, depth))),
        () ->
            "%s[%s]"
                .formatted(
                    expression(new SqlType.Map(SqlType.STRING, type), depth),
                    expression(SqlType.STRING, depth)),
        () ->
            expression(new SqlType.Struct(List.of(new SqlType.Field("F0", type))), depth) + "->F0");
  }

  private String conversion(SqlType type, int depth) {
    if (choices.onceIn(2)) {
      return caseOf(type, depth);
    }
    SqlType from =
        choices.ways(
            () -> SqlType.STRING, () -> Types.number(choices), () -> Types.any(choices, 1));
    return "CAST(" + expression(from, depth) + " AS " + type + ")";
  }

  // ------------------------------------------------------------------------------------------
  // calls

  private String call(SqlType type, int depth) {
    List<CallForm> forms = formsGiving(type);
    return forms.isEmpty() ? operator(type, depth) : call(choices.of(forms), type, depth);
  }

  private static synchronized List<CallForm> formsGiving(SqlType type) {
    return FORMS_BY_RESULT.computeIfAbsent(
        type, wanted -> SCALARS.stream().filter(form -> form.giving(wanted).isPresent()).toList());
  }

  private String call(CallForm form, SqlType type, int depth) {
    Map<String, SqlType> variables = form.giving(type).orElseThrow();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < form.parameters().size(); i++) {
      TypePattern parameter = form.parameters().get(i);
      int count = i == form.variadic() ? choices.between(1, 3) : 1;
      for (int n = 0; n < count; n++) {
        arguments.add(argument(parameter, variables, depth));
      }
    }
    return form.name() + "(" + String.join(", ", arguments) + ")";
  }

  private String argument(TypePattern pattern, Map<String, SqlType> variables, int depth) {
    if (pattern instanceof TypePattern.IntervalUnit) {
      return choices.of(UNITS);
    }
    if (pattern instanceof TypePattern.LambdaOf lambda) {
      return lambda(lambda, variables, depth);
    }
    return choices.onceIn(30)
        ? "NULL"
        : expression(CallForm.draw(choices, pattern, variables), depth);
  }

  private String lambda(TypePattern.LambdaOf lambda, Map<String, SqlType> variables, int depth) {
    int first = parameters.size();
    for (TypePattern parameter : lambda.parameters()) {
      parameters.add(new Variable("X" + lambdas++, CallForm.draw(choices, parameter, variables)));
    }
    String names =
        IntStream.range(first, parameters.size())
            .mapToObj(i -> parameters.get(i).text())
            .collect(Collectors.joining(", ", "(", ")"));
    String body = expression(CallForm.draw(choices, lambda.result(), variables), depth);
    parameters.subList(first, parameters.size()).clear();
    return names + " => " + body;
  }

  /** A type of which there are columns, more often than not. */
  SqlType someType() {
    return columns.isEmpty() || choices.onceIn(3)
        ? Types.any(choices, 2)
        : choices.of(columns).type();
  }

  /** A type that keys of every format can have. */
  static boolean canBeKey(SqlType type) {
    return type.base() != BaseType.MAP && type.base() != BaseType.ARRAY;
  }
}
