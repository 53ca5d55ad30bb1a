package dev.flagstream.engine.parser;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.concurrent.TimeUnit;

/** Reads units of time and the intervals made of them. */
final class TimeUnits {

  private TimeUnits() {}

  static Interval interval(SyntaxErrors errors, SqlGrammar.DurationContext duration) {
    return new Interval(
        Numbers.integer(errors, duration.INTEGER_VALUE().getSymbol()), of(duration.timeUnit()));
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
