package dev.flagstream.engine.parser;

import org.antlr.v4.runtime.Token;

/** Reads the plain digits that stand in clauses, as opposed to expressions. */
final class Numbers {

  private Numbers() {}

  static int smallInteger(SyntaxErrors errors, Token digits) {
    try {
      return Integer.parseInt(digits.getText());
    } catch (NumberFormatException e) {
      throw invalid(errors, digits);
    }
  }

  static long integer(SyntaxErrors errors, Token digits) {
    try {
      return Long.parseLong(digits.getText());
    } catch (NumberFormatException e) {
      throw invalid(errors, digits);
    }
  }

  private static SqlSyntaxException invalid(SyntaxErrors errors, Token digits) {
    return errors.invalidLiteral(Positions.of(digits), digits.getText(), "Invalid numeric literal");
  }
}
