package dev.flagstream.engine.property;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionCatalog.Variant;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way to call a function: what its arguments must be, and what it gives.
 *
 * @param variadic the place of the parameter that takes any number of arguments, or -1
 */
record CallForm(String name, List<TypePattern> parameters, int variadic, TypePattern result) {

  /** What these give is no function of their arguments. */
  private static final Set<String> UNREPEATABLE =
      Set.of("RANDOM", "UUID", "UNIX_DATE", "UNIX_TIMESTAMP");

  CallForm {
    parameters = List.copyOf(parameters);
  }

  /** Every form of every function of a kind whose value follows from its arguments. */
  static List<CallForm> of(FunctionCatalog functions, Kind kind) {
    List<CallForm> forms = new ArrayList<>();
    for (FunctionDescription function : functions.descriptions()) {
      if (function.kind() == kind && !UNREPEATABLE.contains(function.name())) {
        function.variants().forEach(variant -> forms.add(form(function.name(), variant)));
      }
    }
    return forms;
  }

  private static CallForm form(String name, Variant variant) {
    List<TypePattern> parameters = new ArrayList<>();
    int variadic = -1;
    for (int i = 0; i < variant.parameters().size(); i++) {
      String type = variant.parameters().get(i).type();
      if (variant.parameters().get(i).variadic()) {
        variadic = i;
      }
      parameters.add(SignatureText.parse(type));
    }
    return new CallForm(name, parameters, variadic, SignatureText.parse(variant.returnType()));
  }

  /** What the type variables stand for where the result is of a type; empty if it cannot be. */
  Optional<Map<String, SqlType>> giving(SqlType type) {
    Map<String, SqlType> variables = new HashMap<>();
    return matches(result, type, variables) ? Optional.of(variables) : Optional.empty();
  }

  private static boolean matches(
      TypePattern pattern, SqlType type, Map<String, SqlType> variables) {
    if (pattern instanceof TypePattern.Exact exact) {
      return exact.type().equals(type);
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return variables.merge(variable.name(), type, (known, other) -> known).equals(type);
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      return type instanceof SqlType.Array held
          && matches(array.element(), held.element(), variables);
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return type instanceof SqlType.Map held
          && matches(map.key(), held.key(), variables)
          && matches(map.value(), held.value(), variables);
    }
    return (pattern instanceof TypePattern.AnyDecimal && type instanceof SqlType.Decimal)
        || (pattern instanceof TypePattern.AnyStruct && type instanceof SqlType.Struct)
        || pattern instanceof TypePattern.Anything;
  }

  /** A type that fits a pattern; variables that are still open are drawn. */
  static SqlType draw(Choices choices, TypePattern pattern, Map<String, SqlType> variables) {
    if (pattern instanceof TypePattern.Exact exact) {
      return exact.type();
    }
    if (pattern instanceof TypePattern.Variable variable) {
      return variables.computeIfAbsent(variable.name(), name -> Types.any(choices, 1));
    }
    if (pattern instanceof TypePattern.ArrayOf array) {
      return new SqlType.Array(draw(choices, array.element(), variables));
    }
    if (pattern instanceof TypePattern.MapOf map) {
      return new SqlType.Map(
          draw(choices, map.key(), variables), draw(choices, map.value(), variables));
    }
    if (pattern instanceof TypePattern.AnyDecimal) {
      return choices.of(new SqlType.Decimal(5, 2), new SqlType.Decimal(38, 10));
    }
    return Types.any(choices, 1);
  }
}
