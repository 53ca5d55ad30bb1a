package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.concurrent.TimeUnit;
import org.antlr.v4.runtime.Token;

/** Reads units of time and the intervals made of them. */
final class TimeUnits {

  private TimeUnits() {}

  static Interval interval(SyntaxErrors errors, SqlGrammar.DurationContext duration) {
    TimeUnit unit = of(errors, duration.timeUnit());
    if (duration.INTEGER_VALUE() == null) {
      Token number = number(duration);
      throw errors.invalid(
          Positions.of(number), number.getText(), "For input string: \"" + number.getText() + "\"");
    }
    long amount = Numbers.integer(errors, duration.INTEGER_VALUE().getSymbol());
    return new Interval(duration.MINUS() == null ? amount : -amount, unit);
  }

  private static Token number(SqlGrammar.DurationContext duration) {
    return (duration.DECIMAL_VALUE() == null
            ? duration.FLOATING_POINT_VALUE()
            : duration.DECIMAL_VALUE())
        .getSymbol();
  }

  /** A unit of a fixed length. Months and years are words of the language, but no such units. */
  static TimeUnit of(SyntaxErrors errors, SqlGrammar.TimeUnitContext unit) {
    return switch (unit.getStart().getType()) {
      case SqlLexer.DAY, SqlLexer.DAYS -> TimeUnit.DAYS;
      case SqlLexer.HOUR, SqlLexer.HOURS -> TimeUnit.HOURS;
      case SqlLexer.MINUTE, SqlLexer.MINUTES -> TimeUnit.MINUTES;
      case SqlLexer.SECOND, SqlLexer.SECONDS -> TimeUnit.SECONDS;
      case SqlLexer.MILLISECOND, SqlLexer.MILLISECONDS -> TimeUnit.MILLISECONDS;
      default -> throw errors.misplaced(unit.getStart());
    };
  }
}
