package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.flagstream.local.flow.InputNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger reads of a record of the input topic.
 *
 * @param regular whether the record has exactly the documented form, its names in any case. Of
 *     others the ledger claims only that they are scored or rejected; which of the two is for the
 *     SQL to say.
 * @param city where the transaction took place; null if the record does not say
 * @param homeCity where the customer lives; null if the record does not say
 */
record InputTransaction(
    String id,
    boolean regular,
    String cardNumber,
    BigDecimal amount,
    String merchantId,
    String category,
    String country,
    String city,
    String homeCity,
    long timestampMs) {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String[] TEXTS = {
    "transaction_id",
    "card_number",
    "customer_id",
    "home_city",
    "currency",
    "merchant_id",
    "merchant",
    "merchant_category",
    "mcc",
    "channel"
  };
  private static final int AMOUNT_SCALE = 2;
  private static final int AMOUNT_DIGITS = 10;
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final double MAX_LATITUDE = 90;
  private static final double MAX_LONGITUDE = 180;
  private static final int MAX_TEXT_LENGTH = 1_000;
  private static final long MAX_AHEAD_MS = 600_000;

  /**
   * Reads a record; empty if it names no transaction.
   *
   * @param recordTimeMs the record's own time, in epoch milliseconds
   */
  static Optional<InputTransaction> parse(byte[] value, long recordTimeMs) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode fields = InputNames.inLowerCase(JSON.readTree(value));
      return fields.isObject() && fields.hasNonNull("transaction_id")
          ? Optional.of(of(fields, recordTimeMs))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      // A number with an exponent of too many digits is no number to SQL either: NOT_JSON.
      return Optional.empty();
    }
  }

  private static InputTransaction of(JsonNode fields, long recordTimeMs) {
    boolean regular =
        isRegular(fields) && fields.path("timestamp").longValue() <= recordTimeMs + MAX_AHEAD_MS;
    return new InputTransaction(
        fields.path("transaction_id").asText(),
        regular,
        textOrNull(fields.path("card_number")),
        regular ? fields.path("amount").decimalValue() : null,
        textOrNull(fields.path("merchant_id")),
        textOrNull(fields.path("merchant_category")),
        textOrNull(fields.path("location").path("country")),
        textOrNull(fields.path("location").path("city")),
        textOrNull(fields.path("home_city")),
        fields.path("timestamp").asLong());
  }

  private static String textOrNull(JsonNode field) {
    return field.isTextual() ? field.textValue() : null;
  }

  private static boolean isRegular(JsonNode fields) {
    for (String name : TEXTS) {
      if (!isText(fields.path(name)) || fields.path(name).textValue().isBlank()) {
        return false;
      }
    }
    return isAmount(fields.path("amount"))
        && isCardNumber(fields.path("card_number").textValue())
        && fields.path("timestamp").isIntegralNumber()
        && fields.path("timestamp").longValue() >= 0
        && fields.path("customer_age").isInt()
        && isCurrency(fields.path("currency").textValue())
        && isWithin(fields.path("home_lat"), MAX_LATITUDE)
        && isWithin(fields.path("home_lon"), MAX_LONGITUDE)
        && fields.path("location_risk_score").isNumber()
        && isLocation(fields.path("location"));
  }

  private static boolean isText(JsonNode field) {
    return field.isTextual() && field.textValue().length() <= MAX_TEXT_LENGTH;
  }

  private static boolean isAmount(JsonNode amount) {
    if (!amount.isNumber() || amount.decimalValue().signum() <= 0) {
      return false;
    }
    BigDecimal value = amount.decimalValue().stripTrailingZeros();
    return value.scale() <= AMOUNT_SCALE
        && (long) value.precision() - value.scale() <= AMOUNT_DIGITS - AMOUNT_SCALE;
  }

  private static boolean isWithin(JsonNode degrees, double most) {
    return degrees.isNumber() && Math.abs(degrees.doubleValue()) <= most;
  }

  private static boolean isCurrency(String code) {
    return CURRENCIES.contains(code);
  }

  private static boolean isCardNumber(String text) {
    if (!text.matches("[0-9]{12,19}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(text.length() - 1 - i), 10);
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }

  private static boolean isLocation(JsonNode location) {
    return isText(location.path("city"))
        && isText(location.path("state"))
        && isText(location.path("country"))
        && isWithin(location.path("lat"), MAX_LATITUDE)
        && isWithin(location.path("lon"), MAX_LONGITUDE);
  }
}
