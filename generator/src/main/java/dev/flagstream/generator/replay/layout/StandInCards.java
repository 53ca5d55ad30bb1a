package dev.flagstream.generator.replay.layout;

/**
 * Gives customers of a file without card numbers one each: 16 digits that pass Luhn, begin as the
 * payment networks' published test cards do, and always are the same for the same customer.
 *
 * <p>Identifiers that hold one number below 10 billion, as {@code 596} or {@code C1231006815}, get
 * different cards for different numbers; others are hashed into the same 10 billion cards.
 */
final class StandInCards {

  private static final int[] TEST_PREFIXES = {
    411111, 401288, 424242, 400005, 555555, 510510, 222300, 545454, 601111, 601100
  };
  private static final long CARDS_PER_PREFIX = 1_000_000_000L;
  private static final long CARDS = TEST_PREFIXES.length * CARDS_PER_PREFIX;

  /** Has no factor in common with 10, so that multiplying by it permutes the cards. */
  private static final long STRIDE = 618_033_989L;

  private StandInCards() {}

  static String numberOf(String customerId) {
    long number = numberIn(customerId);
    // Below 2^63: the number is below 10^10, the stride below 10^9.
    long card = (number >= 0 ? number : hashed(customerId)) * STRIDE % CARDS;
    long payload =
        TEST_PREFIXES[(int) (card / CARDS_PER_PREFIX)] * CARDS_PER_PREFIX + card % CARDS_PER_PREFIX;
    return Long.toString(payload * 10 + luhnCheckDigit(payload));
  }

  /** The number that an identifier consists of, after letters; -1 if there is none below CARDS. */
  private static long numberIn(String customerId) {
    long number = 0;
    boolean digits = false;
    for (int i = 0; i < customerId.length(); i++) {
      char c = customerId.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = true;
        number = number * 10 + c - '0';
        if (number >= CARDS) {
          return -1;
        }
      } else if (digits) {
        return -1;
      }
    }
    return digits ? number : -1;
  }

  private static long hashed(String customerId) {
    // FNV-1a over the characters.
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < customerId.length(); i++) {
      hash = (hash ^ customerId.charAt(i)) * 0x100000001b3L;
    }
    return Long.remainderUnsigned(hash, CARDS);
  }

  private static int luhnCheckDigit(long payload) {
    int sum = 0;
    boolean doubled = true;
    for (long rest = payload; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10);
      int weighted = doubled ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
      doubled = !doubled;
    }
    return (10 - sum % 10) % 10;
  }
}
