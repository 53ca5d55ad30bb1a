package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import dev.flagstream.engine.parser.words.ReservedWords;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Ends at the first error, with the message that its kind calls for. */
final class ThrowingErrorStrategy extends DefaultErrorStrategy {

  private final SyntaxErrors errors;

  ThrowingErrorStrategy(SyntaxErrors errors) {
    this.errors = errors;
  }

  @Override
  protected void reportNoViableAlternative(Parser parser, NoViableAltException e) {
    boolean isFirst = e.getStartToken() == e.getOffendingToken();
    throw isFirst
        ? errors.noBeginning(e.getOffendingToken(), continuations(e))
        : errors.noContinuation(e.getOffendingToken(), continuations(e));
  }

  /** What fits after all that was read in the attempts which failed at the offending token. */
  private static IntervalSet continuations(NoViableAltException e) {
    IntervalSet words = new IntervalSet();
    for (ATNConfig attempt : e.getDeadEndConfigs()) {
      words.addAll(SqlGrammar._ATN.nextTokens(attempt.state));
    }
    words.remove(Token.EPSILON);
    return words;
  }

  @Override
  protected void reportInputMismatch(Parser parser, InputMismatchException e) {
    checkSelected(parser);
    throw errors.unexpected(e.getOffendingToken(), e.getExpectedTokens());
  }

  @Override
  protected void reportUnwantedToken(Parser parser) {
    boolean reserved = ReservedWords.contains(parser.getCurrentToken().getText());
    if (!reserved || isInBrackets(parser)) {
      checkSelected(parser);
    }
    throw errors.unwanted(parser.getCurrentToken(), getExpectedTokens(parser));
  }

  @Override
  protected void reportMissingToken(Parser parser) {
    checkSelected(parser);
    throw errors.missing(parser.getCurrentToken(), getExpectedTokens(parser));
  }

  /** Whether a bracket of the item of SELECT is open, so that the item cannot end here. */
  private static boolean isInBrackets(Parser parser) {
    ParserRuleContext item = parser.getContext();
    while (item != null && !(item instanceof SqlGrammar.SelectItemContext)) {
      item = item.getParent();
    }
    if (item == null) {
      return false;
    }
    int open = 0;
    for (int i = item.getStart().getTokenIndex();
        i < parser.getCurrentToken().getTokenIndex();
        i++) {
      int type = parser.getTokenStream().get(i).getType();
      if (type == SqlLexer.LPAREN || type == SqlLexer.LBRACKET) {
        open++;
      } else if (type == SqlLexer.RPAREN || type == SqlLexer.RBRACKET) {
        open--;
      }
    }
    return open > 0;
  }

  /**
   * ksqlDB reads an item of SELECT to its end to learn its kind. If that fails, it can tell only
   * where.
   */
  private void checkSelected(Parser parser) {
    if (parser.getCurrentToken().getType() == Token.EOF) {
      return;
    }
    for (ParserRuleContext rule = parser.getContext(); rule != null; rule = rule.getParent()) {
      if (rule instanceof SqlGrammar.SelectItemContext) {
        throw errors.misplaced(parser.getCurrentToken());
      }
    }
  }
}
