package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Vocabulary;
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
    IntervalSet nonReserved =
        SqlGrammar._ATN.nextTokens(SqlGrammar._ATN.ruleToStartState[SqlGrammar.RULE_nonReserved]);
    Vocabulary vocabulary = SqlLexer.VOCABULARY;
    Set<String> words = new HashSet<>();
    for (int type = 1; type <= vocabulary.getMaxTokenType(); type++) {
      String literal = vocabulary.getLiteralName(type);
      if (literal != null && Character.isLetter(literal.charAt(1)) && !nonReserved.contains(type)) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    return Set.copyOf(words);
  }
}
