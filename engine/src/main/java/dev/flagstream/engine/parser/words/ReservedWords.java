package dev.flagstream.engine.parser.words;

import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.misc.IntervalSet;

/** The keywords that name nothing unless they stand in backquotes; read from the grammar. */
public final class ReservedWords {

  private static final Set<String> RESERVED = reservedWords();

  private ReservedWords() {}

  /** Whether the word, in any case, is a reserved keyword. */
  public static boolean contains(String word) {
    return RESERVED.contains(word.toUpperCase(Locale.ROOT));
  }

  private static Set<String> reservedWords() {
    IntervalSet reserved =
        SqlGrammar._ATN.nextTokens(SqlGrammar._ATN.ruleToStartState[SqlGrammar.RULE_reserved]);
    return reserved.toList().stream()
        .map(SqlLexer.VOCABULARY::getLiteralName)
        .map(literal -> literal.substring(1, literal.length() - 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
