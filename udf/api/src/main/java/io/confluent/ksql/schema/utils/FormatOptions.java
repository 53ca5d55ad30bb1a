package io.confluent.ksql.schema.utils;

import java.util.Objects;
import java.util.function.Predicate;

/** Which names are put in back quotes when a type is printed. */
public final class FormatOptions {

  private final Predicate<String> needsQuotes;

  private FormatOptions(Predicate<String> needsQuotes) {
    this.needsQuotes = Objects.requireNonNull(needsQuotes, "needsQuotes");
  }

  /** No exception made: every name is quoted, which is always right. */
  public static FormatOptions none() {
    return new FormatOptions(name -> true);
  }

  /** No name is quoted: for messages only, since the text may not parse again. */
  public static FormatOptions noEscape() {
    return new FormatOptions(name -> false);
  }

  /** The names that satisfy the predicate are quoted. */
  public static FormatOptions of(Predicate<String> addQuotesPredicate) {
    return new FormatOptions(addQuotesPredicate);
  }

  public String escape(String word) {
    return needsQuotes.test(word) ? "`" + word + "`" : word;
  }
}
