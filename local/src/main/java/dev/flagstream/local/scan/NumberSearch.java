package dev.flagstream.local.scan;

import java.util.Optional;

/**
 * Looks for known card numbers in bytes, whatever the bytes are: as digits, also with up to {@value
 * #WIDEST_GAP} bytes between two of them that are neither letters nor digits (spaces, dashes, the
 * zeros of UTF-16); as a number of eight bytes in either order; and both within Base64. The digits
 * behind a decimal point are passed over where they are more than a group of a card number has:
 * scores have up to 17, and among those of ten million transactions one in some runs is like a card
 * number by chance. Thread-safe once the numbers are.
 */
final class NumberSearch implements ByteSearch {

  static final int WIDEST_GAP = 4;

  /** So many bytes before a place decide whether a number ends there. */
  static final int CONTEXT = KnownNumbers.LONGEST * (WIDEST_GAP + 1);

  /** One more than the longest group of digits in which card numbers are written. */
  private static final int SHORTEST_FRACTION = 7;

  private static final int KEPT_DIGITS = 18;
  private static final long KEEP_17 = 100_000_000_000_000_000L;

  private final KnownNumbers known;

  NumberSearch(KnownNumbers known) {
    this.known = known;
  }

  /**
   * The last four digits of the first number that is found.
   *
   * @param bytes null holds nothing
   */
  Optional<String> in(byte[] bytes) {
    return bytes == null ? Optional.empty() : in(bytes, bytes.length);
  }

  @Override
  public Optional<String> in(byte[] bytes, int length) {
    return plain(bytes, length)
        .or(() -> Base64Runs.first(bytes, length, run -> plain(run, run.length)));
  }

  @Override
  public int context() {
    return CONTEXT;
  }

  private Optional<String> plain(byte[] bytes, int length) {
    long last18 = 0;
    int digits = 0;
    int gap = 0;
    long eight = 0;
    int fractionEnd = 0;
    for (int i = 0; i < length; i++) {
      byte each = bytes[i];
      eight = (eight << Byte.SIZE) | (each & 0xFF);
      if (i >= Long.BYTES - 1) {
        if (known.isNumber(eight)) {
          return Optional.of(lastFour(eight));
        }
        long reversed = Long.reverseBytes(eight);
        if (known.isNumber(reversed)) {
          return Optional.of(lastFour(reversed));
        }
      }
      if (i < fractionEnd) {
        continue;
      }
      if (isDigit(each)) {
        last18 = (digits < KEPT_DIGITS ? last18 : last18 % KEEP_17) * 10 + (each - '0');
        digits++;
        gap = 0;
        if (digits >= KnownNumbers.SHORTEST && known.isEnd(last18, digits)) {
          return Optional.of(lastFour(last18));
        }
      } else if (each == '.' && i > 0 && isDigit(bytes[i - 1])) {
        int end = endOfDigits(bytes, i + 1, length);
        if (end - i > SHORTEST_FRACTION && !isMultiplied(bytes, end, length)) {
          fractionEnd = end;
          digits = 0;
          last18 = 0;
        } else {
          gap++;
        }
      } else if (digits > 0 && (isLetter(each) || ++gap > WIDEST_GAP)) {
        digits = 0;
        gap = 0;
        last18 = 0;
      }
    }
    return Optional.empty();
  }

  private static int endOfDigits(byte[] bytes, int begin, int length) {
    int end = begin;
    while (end < length && isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  /** Whether a power of ten follows that makes a whole number of a fraction. */
  private static boolean isMultiplied(byte[] bytes, int end, int length) {
    return end + 1 < length && (bytes[end] | 0x20) == 'e' && isDigit(bytes[end + 1]);
  }

  private static boolean isDigit(byte each) {
    return each >= '0' && each <= '9';
  }

  private static boolean isLetter(byte each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
  }

  private static String lastFour(long number) {
    return "%04d".formatted(number % 10_000);
  }
}
