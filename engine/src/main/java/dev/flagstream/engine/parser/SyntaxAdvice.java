package dev.flagstream.engine.parser;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.parser.words.ReservedWords;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says in words what can be written where a statement went wrong; ksqlDB only names tokens. */
final class SyntaxAdvice {

  private static final Set<String> QUOTES = Set.of("'", "\"", "`");

  /** A longer list helps nobody. */
  private static final int MOST_NAMED = 20;

  private SyntaxAdvice() {}

  /**
   * A sentence, or nothing if too little is known.
   *
   * @param found the text that does not fit
   * @param expected what would, as {@link SqlSyntaxException#expected()} has it
   */
  static Optional<String> about(String found, List<String> expected) {
    if (QUOTES.contains(found)) {
      return Optional.of("What begins with this %s has no end: close it.".formatted(found));
    }
    List<String> keywords =
        expected.stream().filter(SyntaxAdvice::isKeyword).map(SyntaxAdvice::unquoted).toList();
    Optional<String> meant = NearMiss.of(found, keywords);
    if (meant.isPresent()) {
      return meant.map("Did you mean %s?"::formatted);
    }
    if (expected.contains("IDENTIFIER")) {
      String what = expected.contains("STRING") ? "a column, a value or a function" : "a name";
      String escaped =
          ReservedWords.contains(found)
              ? " %s is a reserved word; as a name it is written `%1$s`.".formatted(found)
              : "";
      return Optional.of("You can write %s here.%s".formatted(what, escaped));
    }
    Set<String> names = new LinkedHashSet<>(expected.stream().map(SyntaxAdvice::inWords).toList());
    return names.isEmpty() || names.size() > MOST_NAMED
        ? Optional.empty()
        : Optional.of("You can write %s here.".formatted(anyOf(List.copyOf(names))));
  }

  private static String inWords(String expected) {
    return switch (expected) {
      case "STRING" -> "a text in single quotes";
      case "INTEGER_VALUE" -> "a whole number";
      case "DECIMAL_VALUE", "FLOATING_POINT_VALUE" -> "a number";
      default -> isKeyword(expected) ? unquoted(expected) : expected;
    };
  }

  private static boolean isKeyword(String expected) {
    return expected.length() > 2 && Character.isLetter(expected.charAt(1)) && isQuoted(expected);
  }

  private static boolean isQuoted(String expected) {
    return expected.charAt(0) == '\'';
  }

  private static String unquoted(String keyword) {
    return keyword.substring(1, keyword.length() - 1);
  }

  private static String anyOf(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
