package dev.flagstream.engine.parser;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.concurrent.TimeUnit;
import org.antlr.v4.runtime.Token;

/** Reads units of time and the intervals made of them. */
final class TimeUnits {

  private TimeUnits() {}

  /** An interval in a clause, where there are no longer units than days. */
  static Interval interval(SyntaxErrors errors, SqlGrammar.DurationContext duration) {
    Token unit = duration.timeUnit().getStart();
    if (isCalendarUnit(unit)) {
      throw errors.misplaced(unit);
    }
    if (duration.INTEGER_VALUE() == null) {
      Token number = number(duration);
      throw errors.invalid(
          Positions.of(number), number.getText(), "For input string: \"" + number.getText() + "\"");
    }
    long amount = Numbers.integer(errors, duration.INTEGER_VALUE().getSymbol());
    return new Interval(duration.MINUS() == null ? amount : -amount, of(duration.timeUnit()));
  }

  private static Token number(SqlGrammar.DurationContext duration) {
    return (duration.DECIMAL_VALUE() == null
            ? duration.FLOATING_POINT_VALUE()
            : duration.DECIMAL_VALUE())
        .getSymbol();
  }

  private static boolean isCalendarUnit(Token unit) {
    return switch (unit.getType()) {
      case SqlLexer.MONTH, SqlLexer.MONTHS, SqlLexer.YEAR, SqlLexer.YEARS -> true;
      default -> false;
    };
  }

  static TimeUnit of(SqlGrammar.TimeUnitContext unit) {
    return switch (unit.getStart().getType()) {
      case SqlLexer.DAY, SqlLexer.DAYS -> TimeUnit.DAYS;
      case SqlLexer.HOUR, SqlLexer.HOURS -> TimeUnit.HOURS;
      case SqlLexer.MINUTE, SqlLexer.MINUTES -> TimeUnit.MINUTES;
      case SqlLexer.SECOND, SqlLexer.SECONDS -> TimeUnit.SECONDS;
      case SqlLexer.MILLISECOND, SqlLexer.MILLISECONDS -> TimeUnit.MILLISECONDS;
      default -> throw new UnsupportedFeatureException(UnsupportedFeature.MONTHS_AND_YEARS);
    };
  }
}
