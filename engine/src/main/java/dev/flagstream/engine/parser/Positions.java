package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Position;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Where tokens and trees of the grammar start. */
final class Positions {

  private Positions() {}

  static Position of(Token token) {
    return new Position(token.getLine(), token.getCharPositionInLine() + 1);
  }

  static Position of(ParserRuleContext tree) {
    return of(tree.getStart());
  }
}
