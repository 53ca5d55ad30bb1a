package dev.flagstream.local.scan;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** What looks like Base64 within other bytes, decoded. */
final class Base64Runs {

  /** So many letters stand for three bytes. */
  static final int GROUP = 4;

  private static final int SHORTEST = 16;

  private Base64Runs() {}

  /**
   * What the search finds first.
   *
   * @param length only so many bytes are looked at
   * @param search is given each run, decoded
   */
  static Optional<String> first(
      byte[] bytes, int length, Function<byte[], Optional<String>> search) {
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i < length && isBase64(bytes[i])) {
        continue;
      }
      int whole = (i - start) / GROUP * GROUP;
      if (whole >= SHORTEST) {
        byte[] text = new byte[whole];
        System.arraycopy(bytes, start, text, 0, whole);
        Optional<String> found = search.apply(Base64.getDecoder().decode(text));
        if (found.isPresent()) {
          return found;
        }
      }
      start = i + 1;
    }
    return Optional.empty();
  }

  /** How long the run is with which the bytes end. */
  static int lengthAtEnd(byte[] bytes, int length) {
    int start = length;
    while (start > 0 && isBase64(bytes[start - 1])) {
      start--;
    }
    return length - start;
  }

  private static boolean isBase64(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '+'
        || each == '/';
  }
}
