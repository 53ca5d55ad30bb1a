package dev.flagstream.local.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.flow.InputNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;

/** Collects the card numbers of records of the input topic. For one thread. */
final class InputNumbers {

  private static final String FIELD = "card_number";
  private static final Pattern SEPARATORS = Pattern.compile("[ -]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /**
   * In a record that is no JSON: digits that may be a card number by their length and check digit.
   * Times in milliseconds have thirteen and are left out, as are pieces of longer numbers and what
   * begins with a zero, which no card does: zeros have a check digit, and are everywhere.
   */
  private static final Pattern CANDIDATE =
      Pattern.compile("(?<!\\d)[1-9](?:[ -]?\\d){13,18}(?!\\d)");

  private final ObjectMapper json = new ObjectMapper();
  private final KnownNumbers numbers;

  InputNumbers(KnownNumbers numbers) {
    this.numbers = numbers;
  }

  /** Adds what a record names as its card, by key or field; null key and value name none. */
  void addFrom(Record each) {
    add(text(each.key()));
    String value = text(each.value());
    try {
      JsonNode record = json.readTree(value);
      if (record != null) {
        add(InputNames.inLowerCase(record).path(FIELD).asText());
      }
    } catch (IOException e) {
      Matcher candidates = CANDIDATE.matcher(value);
      while (candidates.find()) {
        String digits = withoutSeparators(candidates.group());
        if (hasCheckDigit(digits)) {
          numbers.add(digits);
        }
      }
    }
  }

  private void add(String text) {
    String digits = withoutSeparators(text);
    if (DIGITS.matcher(digits).matches()) {
      numbers.add(digits);
    }
  }

  private static String withoutSeparators(String text) {
    return SEPARATORS.matcher(text).replaceAll("");
  }

  private static String text(ByteBuffer bytes) {
    return bytes == null ? "" : new String(Utils.toArray(bytes), StandardCharsets.UTF_8).strip();
  }

  /** Luhn's. */
  private static boolean hasCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
