package dev.flagstream.engine.parser;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;

/** Ends at the first error, with the message that its kind calls for. */
final class ThrowingErrorStrategy extends DefaultErrorStrategy {

  private final SyntaxErrors errors;

  ThrowingErrorStrategy(SyntaxErrors errors) {
    this.errors = errors;
  }

  @Override
  protected void reportNoViableAlternative(Parser parser, NoViableAltException e) {
    throw errors.noContinuation(e.getOffendingToken(), parser.getExpectedTokens());
  }

  @Override
  protected void reportInputMismatch(Parser parser, InputMismatchException e) {
    throw errors.unexpected(e.getOffendingToken(), e.getExpectedTokens());
  }

  @Override
  protected void reportUnwantedToken(Parser parser) {
    throw errors.unwanted(parser.getCurrentToken(), getExpectedTokens(parser));
  }

  @Override
  protected void reportMissingToken(Parser parser) {
    throw errors.missing(parser.getCurrentToken(), getExpectedTokens(parser));
  }
}
