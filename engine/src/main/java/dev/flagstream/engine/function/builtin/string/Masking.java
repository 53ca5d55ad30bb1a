package dev.flagstream.engine.function.builtin.string;

/**
 * Hides characters by their kind.
 *
 * <p>Each kind has its mask; null leaves characters of that kind as they are.
 */
record Masking(String upper, String lower, String digit, String other) {

  static final Masking DEFAULT = new Masking("X", "x", "n", "-");

  /** The text with the characters from {@code start} to before {@code end} masked. */
  String mask(String text, int start, int end) {
    StringBuilder masked = new StringBuilder(text);
    for (int i = Math.max(start, 0); i < Math.min(end, text.length()); i++) {
      char c = text.charAt(i);
      String mask = maskOf(c);
      masked.setCharAt(i, mask == null || mask.isEmpty() ? c : mask.charAt(0));
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
