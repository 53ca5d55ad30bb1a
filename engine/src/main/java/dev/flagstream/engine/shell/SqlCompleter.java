package dev.flagstream.engine.shell;

import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers words of statements and the names that the server knows. */
final class SqlCompleter implements Completer {

  private static final Set<String> STATEMENT_WORDS = statementWords();

  private final CompletionNames names;

  SqlCompleter(CompletionNames names) {
    this.names = names;
  }

  private static Set<String> statementWords() {
    TreeSet<String> words =
        new TreeSet<>(
            List.of(
                "HELP",
                "EXIT",
                "HISTORY",
                "OUTPUT",
                "REQUEST-PIPELINING",
                "SERVER",
                "SESSION",
                "SPOOL",
                "VERSION"));
    for (int type = 0; type <= SqlLexer.VOCABULARY.getMaxTokenType(); type++) {
      String literal = SqlLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && literal.matches("'\\w+'")) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    return words;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String typed = line.word();
    STATEMENT_WORDS.forEach(word -> offer(candidates, typed, word));
    names.all().forEach(name -> offer(candidates, typed, name));
  }

  /** In the case the user types in. */
  private static void offer(List<Candidate> candidates, String typed, String word) {
    boolean lower = !typed.isEmpty() && typed.equals(typed.toLowerCase(Locale.ROOT));
    candidates.add(new Candidate(lower ? word.toLowerCase(Locale.ROOT) : word));
  }
}
