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

  /**
   * The text with the characters from {@code start} to before {@code end} masked. A character of
   * two code units counts twice, and what has no mask is then followed by its second half once
   * more, as in ksqlDB.
   */
  String mask(String text, int start, int end) {
    int from = Math.max(start, 0);
    int to = Math.max(from, Math.min(end, text.length()));
    StringBuilder masked = new StringBuilder(text.substring(0, Math.min(from, text.length())));
    String part = text.substring(Math.min(from, text.length()), Math.min(to, text.length()));
    for (int i = 0; i < part.length(); i++) {
      int character = part.codePointAt(i);
      String mask = maskOf(character);
      masked.append(mask == null ? Character.toString(character) : mask);
    }
    return masked.append(text.substring(Math.min(to, text.length()))).toString();
  }

  private String maskOf(int character) {
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER -> upper;
      case Character.LOWERCASE_LETTER -> lower;
      case Character.DECIMAL_DIGIT_NUMBER -> digit;
      default -> other;
    };
  }
}
