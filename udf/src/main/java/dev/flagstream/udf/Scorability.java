package dev.flagstream.udf;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** What a transaction that could be read must have to be scored. */
final class Scorability {

  /** 2100-01-01: a later time is not in milliseconds, and would end every window before it. */
  private static final long END_OF_TIME_MS = 4_102_444_800_000L;

  /** How far a terminal's clock may be ahead of the clock that stamped the record. */
  private static final long MAX_AHEAD_MS = 600_000;

  /**
   * The longest text allowed: what is derived from a transaction must fit into a record however it
   * grows.
   */
  static final int MAX_TEXT_LENGTH = 1_000;

  private static final double MAX_LATITUDE = 90;
  private static final double MAX_LONGITUDE = 180;

  /** The codes of ISO 4217, also those that are no longer in use. */
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private Scorability() {}

  /** Whether a currency is one of ISO 4217; a transaction may do without. */
  static boolean isCurrency(String code) {
    return code == null || CURRENCIES.contains(code);
  }

  /** Whether there can be such a latitude, in degrees; a transaction may do without. */
  static boolean isLatitude(Double degrees) {
    return degrees == null || Math.abs(degrees) <= MAX_LATITUDE; // false for NaN
  }

  /** Whether there can be such a longitude, in degrees; a transaction may do without. */
  static boolean isLongitude(Double degrees) {
    return degrees == null || Math.abs(degrees) <= MAX_LONGITUDE;
  }

  /**
   * Whether a transaction is later than its own record allows; never, if the record's time is null.
   */
  static boolean isAhead(long timestamp, Long recordTimeMs) {
    return recordTimeMs != null && timestamp > recordTimeMs + MAX_AHEAD_MS;
  }

  /** Whether a text is longer than the pipeline takes. */
  static boolean isTooLong(String text) {
    return text != null && text.length() > MAX_TEXT_LENGTH;
  }

  /**
   * Whether half of a UTF-16 pair stands alone, which no UTF-8 can tell: two ids with other halves
   * would be one in the state and in the store.
   */
  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean isPair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!isPair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** The reason code of what a transaction lacks; null if it can be scored. */
  static String flaw(String transactionId, String cardNumber, Double amount, Long timestamp) {
    if (transactionId == null || transactionId.isBlank()) {
      return "MISSING transaction_id";
    }
    if (hasHalfCharacter(transactionId)) {
      return "INVALID transaction_id";
    }
    if (cardNumber == null) {
      return "MISSING card_number";
    }
    if (amount == null) {
      return "MISSING amount";
    }
    if (timestamp == null) {
      return "MISSING timestamp";
    }
    if (!CardNumber.isValid(cardNumber)) {
      return "INVALID card_number";
    }
    // 0.00 is what a check of an account authorizes; NaN is neither.
    if (!(amount >= 0)) {
      return "INVALID amount";
    }
    if (timestamp < 0 || timestamp >= END_OF_TIME_MS) {
      return "INVALID timestamp";
    }
    return null;
  }
}
