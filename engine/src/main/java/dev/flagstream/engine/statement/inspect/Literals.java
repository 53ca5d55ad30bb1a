package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.IntegerLiteral;
import dev.flagstream.engine.ast.Expression.LongLiteral;

/** Reads constants of WITH clauses. */
final class Literals {

  private Literals() {}

  static long wholeNumber(String setting, Expression value) {
    if (value instanceof IntegerLiteral number) {
      return number.value();
    }
    if (value instanceof LongLiteral number) {
      return number.value();
    }
    throw new SqlException("%s must be a whole number".formatted(setting));
  }
}
