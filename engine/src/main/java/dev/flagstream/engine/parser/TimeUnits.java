package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Interval;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.antlr.v4.runtime.Token;

/** Reads units of time and the intervals made of them. */
final class TimeUnits {

  private TimeUnits() {}

  static Interval interval(SyntaxErrors errors, SqlGrammar.DurationContext duration) {
    Token word = duration.timeUnit().getStart();
    TimeUnit unit = unit(word).orElseThrow(() -> errors.noUnit(word));
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

  /** The unit that is an argument of a function. */
  static TimeUnit of(SyntaxErrors errors, SqlGrammar.TimeUnitContext unit) {
    return unit(unit.getStart()).orElseThrow(() -> errors.misplaced(unit.getStart()));
  }

  /** A unit of a fixed length. Months and years are words of the language, but no such units. */
  private static Optional<TimeUnit> unit(Token word) {
    return switch (word.getType()) {
      case SqlLexer.DAY, SqlLexer.DAYS -> Optional.of(TimeUnit.DAYS);
      case SqlLexer.HOUR, SqlLexer.HOURS -> Optional.of(TimeUnit.HOURS);
      case SqlLexer.MINUTE, SqlLexer.MINUTES -> Optional.of(TimeUnit.MINUTES);
      case SqlLexer.SECOND, SqlLexer.SECONDS -> Optional.of(TimeUnit.SECONDS);
      case SqlLexer.MILLISECOND, SqlLexer.MILLISECONDS -> Optional.of(TimeUnit.MILLISECONDS);
      default -> Optional.empty();
    };
  }
}
