package dev.flagstream.engine.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.catalog.Format;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Optional;

/**
 * Finds where JSON that holds the expected values was not written as expected: fields or entries in
 * another order, numbers with other digits, characters that ksqlDB escapes.
 */
final class ByteDifference {

  /** The first byte of a character that needs four in UTF-8 is not below this one. */
  private static final int FOUR_BYTES = 0xF0;

  private ByteDifference() {}

  /** The first difference, in words; empty if there is none, or the format is not JSON. */
  static Optional<String> find(
      String part, Format format, JsonNode expected, JsonNode actual, byte[] bytes) {
    if (format.kind() != Format.Kind.JSON || bytes == null) {
      return Optional.empty();
    }
    if (hasSurrogates(actual.toString()) && hasFourByteCharacter(bytes)) {
      return Optional.of("a surrogate pair in the " + part + " is not escaped: " + actual);
    }
    return same(expected, actual)
        ? Optional.empty()
        : Optional.of(part + " is written " + actual + ", expected " + expected);
  }

  private static boolean hasSurrogates(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  private static boolean hasFourByteCharacter(byte[] bytes) {
    for (byte one : bytes) {
      if ((one & 0xFF) >= FOUR_BYTES) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      return sameFields(expected, actual);
    }
    if (expected.isArray() && actual.isArray()) {
      return sameElements(expected.elements(), actual.elements());
    }
    if (expected.isNumber() && actual.isNumber()) {
      // The values are known to be the same.
      BigDecimal wanted = expected.decimalValue();
      BigDecimal found = actual.decimalValue();
      // Recordings hold doubles in whatever form; decimals have no exponent, or a negative one.
      boolean isDouble = found.scale() < 0 || wanted.scale() < 0;
      return isDouble || isTiny(found) || wanted.scale() == found.scale();
    }
    return expected.equals(actual);
  }

  private static boolean isTiny(BigDecimal number) {
    return number.signum() != 0 && number.abs().compareTo(new BigDecimal("0.001")) < 0;
  }

  private static boolean sameFields(JsonNode expected, JsonNode actual) {
    Iterator<String> names = actual.fieldNames();
    for (Iterator<String> wanted = expected.fieldNames(); wanted.hasNext(); ) {
      if (!names.hasNext() || !wanted.next().equals(names.next())) {
        return false;
      }
    }
    return !names.hasNext() && sameElements(expected.elements(), actual.elements());
  }

  private static boolean sameElements(Iterator<JsonNode> expected, Iterator<JsonNode> actual) {
    while (expected.hasNext() && actual.hasNext()) {
      if (!same(expected.next(), actual.next())) {
        return false;
      }
    }
    return expected.hasNext() == actual.hasNext();
  }
}
