package dev.flagstream.local.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a few identifiers of one person, as UTF-8 text, also within Base64. Thread-safe.
 *
 * <p>In plain text a short identifier counts only where no letter or digit goes before it and none
 * follows: C12 is not in C123. In what was Base64, where texts lie side by side, it always counts.
 */
public final class IdentifierSearch implements ByteSearch {

  /** Nothing of this length is a part of something else by chance. */
  private static final int UNMISTAKABLE = 24;

  private final List<byte[]> identifiers = new ArrayList<>();

  /** What each of them is. */
  private final List<String> names = new ArrayList<>();

  private final int longest;

  /**
   * A search for these.
   *
   * @param whatByIdentifier what each identifier is, in a word or two; none may be empty
   */
  public IdentifierSearch(Map<String, String> whatByIdentifier) {
    whatByIdentifier.forEach(
        (text, what) -> {
          if (text.isEmpty()) {
            throw new IllegalArgumentException("An identifier is empty: " + what);
          }
          identifiers.add(text.getBytes(StandardCharsets.UTF_8));
          names.add(what);
        });
    longest = identifiers.stream().mapToInt(each -> each.length).max().orElse(0);
  }

  /** What is found first in these bytes; null holds nothing. */
  public Optional<String> in(byte[] bytes) {
    return bytes == null ? Optional.empty() : in(bytes, bytes.length);
  }

  @Override
  public Optional<String> in(byte[] bytes, int length) {
    return find(bytes, length, true)
        .or(() -> Base64Runs.first(bytes, length, run -> find(run, run.length, false)));
  }

  @Override
  public int context() {
    return longest + 1;
  }

  private Optional<String> find(byte[] bytes, int length, boolean wholeWords) {
    for (int i = 0; i < identifiers.size(); i++) {
      byte[] each = identifiers.get(i);
      if (isIn(bytes, length, each, wholeWords && each.length < UNMISTAKABLE)) {
        return Optional.of(names.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean isIn(byte[] bytes, int length, byte[] wanted, boolean wholeWords) {
    for (int at = 0; at <= length - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && startsAt(bytes, at, wanted)
          && !(wholeWords
              && (isOfWord(bytes, at - 1, length)
                  || isOfWord(bytes, at + wanted.length, length)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] bytes, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfWord(byte[] bytes, int at, int length) {
    if (at < 0 || at >= length) {
      return false;
    }
    byte each = bytes[at];
    return (each >= '0' && each <= '9')
        || (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z');
  }
}
