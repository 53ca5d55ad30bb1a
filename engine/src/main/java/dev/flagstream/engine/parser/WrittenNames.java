package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import java.util.Locale;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/** What names and strings say once their quotes are taken off. */
final class WrittenNames {

  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-]+");

  private final SyntaxErrors errors;

  WrittenNames(SyntaxErrors errors) {
    this.errors = errors;
  }

  /** The stored form of a name: upper case unless quoted. */
  String identifier(SqlGrammar.IdentifierContext name) {
    String written = caseKept(name);
    if (written.isEmpty()) {
      throw errors.invalid(Positions.of(name), name.getText(), "name is empty");
    }
    return name instanceof SqlGrammar.QuotedIdentifierContext
        ? written
        : written.toUpperCase(Locale.ROOT);
  }

  /** The name of a stream or table. */
  String source(SqlGrammar.IdentifierContext name) {
    String source = identifier(name);
    if (!SOURCE.matcher(source).matches()) {
      Position at = Positions.of(name);
      throw errors.refused(
          at,
          name.getText(),
          ("Illegal argument at Line: %d, Col: %d. Source names may only contain alphanumeric"
                  + " values, '_' or '-'. Got: '%s'")
              .formatted(at.line(), at.column(), source));
    }
    return source;
  }

  /** The name of something outside the catalogue, as written. */
  String resource(SqlGrammar.ResourceContext resource) {
    return resource.STRING() == null
        ? caseKept(resource.identifier())
        : unquote(resource.STRING().getSymbol());
  }

  /** The text of a string, or of a name in quotes of any kind; doubled quotes inside are one. */
  static String unquote(Token quoted) {
    String text = quoted.getText();
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }

  private String caseKept(SqlGrammar.IdentifierContext name) {
    String written = name.getText();
    if (name instanceof SqlGrammar.QuotedIdentifierContext) {
      return unquote(name.getStart());
    }
    if (name instanceof SqlGrammar.VariableIdentifierContext) {
      throw VariableSubstitution.undefined(errors, name.getStart());
    }
    return written;
  }
}
