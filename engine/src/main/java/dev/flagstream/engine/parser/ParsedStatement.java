package dev.flagstream.engine.parser;

import static java.util.Objects.requireNonNull;

import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Statement;

/**
 * One statement of a script: its text up to and including the semicolon with variables replaced,
 * where it starts in the script, and its tree.
 */
public record ParsedStatement(String text, Position at, Statement statement) {
  public ParsedStatement {
    requireNonNull(text, "text");
    requireNonNull(at, "at");
    requireNonNull(statement, "statement");
  }
}
