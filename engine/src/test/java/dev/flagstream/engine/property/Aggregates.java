package dev.flagstream.engine.property;

import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws calls of aggregate and table functions, each form of the catalogue as often as another. */
final class Aggregates {

  private static final List<CallForm> AGGREGATES =
      CallForm.of(Expressions.FUNCTIONS, Kind.AGGREGATE);
  private static final List<CallForm> TABLES = CallForm.of(Expressions.FUNCTIONS, Kind.TABLE);

  private Aggregates() {}

  /** An aggregate over columns and expressions; after the first argument there may be constants. */
  static String aggregate(Choices choices, Expressions expressions) {
    return choices.onceIn(6) ? "COUNT(*)" : call(choices, choices.of(AGGREGATES), expressions, 2);
  }

  /** A call that makes rows. */
  static String table(Choices choices, Expressions expressions) {
    return call(choices, choices.of(TABLES), expressions, 3);
  }

  private static String call(
      Choices choices, CallForm form, Expressions expressions, int constantOnceIn) {
    Map<String, SqlType> variables = new HashMap<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < form.parameters().size(); i++) {
      int count = i == form.variadic() ? choices.between(0, 2) : 1;
      for (int n = 0; n < count; n++) {
        SqlType type = CallForm.draw(choices, form.parameters().get(i), variables);
        boolean constant = i > 0 && !choices.onceIn(constantOnceIn * 2);
        arguments.add(constant ? DrawnLiterals.of(choices, type) : expressions.of(type, 2));
      }
    }
    return form.name() + "(" + String.join(", ", arguments) + ")";
  }
}
