package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlGrammarBaseVisitor;
import java.util.HashMap;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/** What each variable of a statement may stand for, found by reading the statement as written. */
final class VariablePlaces {

  /** The kinds of places the grammar has for variables. */
  enum Place {
    NAME,
    LITERAL,
    NAME_OR_LITERAL;

    boolean takesNames() {
      return this != LITERAL;
    }

    boolean takesLiterals() {
      return this != NAME;
    }
  }

  private final Map<Integer, Place> placesByStart = new HashMap<>();

  VariablePlaces(SqlGrammar.SingleStatementContext statement) {
    statement.accept(new Finder());
  }

  Place of(Token variable) {
    return placesByStart.get(variable.getStartIndex());
  }

  private final class Finder extends SqlGrammarBaseVisitor<Void> {
    @Override
    public Void visitVariableIdentifier(SqlGrammar.VariableIdentifierContext variable) {
      placesByStart.put(variable.getStart().getStartIndex(), Place.NAME);
      return null;
    }

    @Override
    public Void visitVariableLiteral(SqlGrammar.VariableLiteralContext variable) {
      boolean inExpression = variable.getParent() instanceof SqlGrammar.LiteralPrimaryContext;
      placesByStart.put(
          variable.getStart().getStartIndex(),
          inExpression ? Place.NAME_OR_LITERAL : Place.LITERAL);
      return null;
    }
  }
}
