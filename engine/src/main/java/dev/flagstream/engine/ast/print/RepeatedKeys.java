package dev.flagstream.engine.ast.print;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Entry;
import dev.flagstream.engine.ast.Expression.MapConstructor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the key that {@code MAP(…)} is given twice. */
public final class RepeatedKeys {

  private RepeatedKeys() {}

  /** The problem with the entries; empty if each key is written once. */
  public static Optional<String> in(MapConstructor map) {
    Map<Expression, Expression> entries = new HashMap<>();
    for (Entry entry : map.entries()) {
      Expression earlier = entries.put(entry.key(), entry.value());
      if (earlier != null) {
        return Optional.of(
            "Multiple entries with same key: "
                + shown(entry.key(), entry.value())
                + " and "
                + shown(entry.key(), earlier));
      }
    }
    return Optional.empty();
  }

  private static String shown(Expression key, Expression value) {
    return ExpressionPrinter.print(key) + "=" + ExpressionPrinter.print(value);
  }
}
