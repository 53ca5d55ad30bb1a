package dev.flagstream.engine.planner.query;

import java.util.List;

/** Lists of words as messages write them: {@code A, B and C}. */
public final class Words {

  private Words() {}

  public static String and(List<String> words) {
    return join(words, " and ");
  }

  public static String or(List<String> words) {
    return join(words, " or ");
  }

  private static String join(List<String> words, String last) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    List<String> first = words.subList(0, words.size() - 1);
    return String.join(", ", first) + last + words.get(words.size() - 1);
  }
}
