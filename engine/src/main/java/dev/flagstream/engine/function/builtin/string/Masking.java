package dev.flagstream.engine.function.builtin.string;

/**
 * Hides characters by their kind.
 *
 * <p>Each kind has its mask, which is one character; null leaves characters of that kind as they
 * are.
 */
record Masking(String upper, String lower, String digit, String other) {

  static final Masking DEFAULT = new Masking("X", "x", "n", "-");

  Masking {
    requireOneCharacter(upper);
    requireOneCharacter(lower);
    requireOneCharacter(digit);
    requireOneCharacter(other);
  }

  private static void requireOneCharacter(String mask) {
    if (mask != null && mask.length() != 1) {
      throw new IllegalArgumentException("A mask is one character, not '" + mask + "'");
    }
  }

  /** The text with the characters from {@code start} to before {@code end} masked. */
  String mask(String text, int start, int end) {
    StringBuilder masked = new StringBuilder(text);
    for (int i = Math.max(start, 0); i < Math.min(end, text.length()); i++) {
      char c = text.charAt(i);
      String mask = maskOf(c);
      masked.setCharAt(i, mask == null ? c : mask.charAt(0));
    }
    return masked.toString();
  }

  private String maskOf(char c) {
    if (Character.isUpperCase(c)) {
      return upper;
    }
    if (Character.isLowerCase(c)) {
      return lower;
    }
    return Character.isDigit(c) ? digit : other;
  }
}
