package dev.flagstream.generator.transaction;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes pieces of JSON in UTF-8 into an array. Every method takes the position to write at and
 * returns the one after what it wrote, which the compiler keeps in a register; the caller must
 * provide the room. Unusual texts and numbers are written by Jackson's own routines; the rest,
 * which is most, is copied. Stateless.
 */
final class JsonText {

  /** The most that a number takes. */
  static final int NUMBER_ROOM = 32;

  /** A character of a text takes at most an escape such as {@code \u001f}. */
  private static final int CHARACTER_ROOM = 6;

  private static final int QUOTES_ROOM = 2;

  private static final double TEN_THOUSAND = 10_000;
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  /** Which characters stand for themselves, in one byte. */
  private static final boolean[] PLAIN = plain();

  private JsonText() {}

  /** What stands before a field's value: a comma, the name in quotes and a colon. */
  static byte[] name(String name) {
    return (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  /** The most that a field takes with a text, which may be null. */
  static int room(byte[] name, String value) {
    return value == null ? 0 : name.length + QUOTES_ROOM + CHARACTER_ROOM * value.length();
  }

  /** Writes a field, or nothing for a text that is not known. */
  static int field(byte[] name, String value, byte[] to, int at) {
    return value == null ? at : string(value, to, copy(name, to, at));
  }

  /** Writes a field, or nothing for a number that is not known. */
  static int field(byte[] name, double value, byte[] to, int at) {
    return Double.isNaN(value) ? at : number(value, to, copy(name, to, at));
  }

  /** Writes bytes as they are. */
  static int copy(byte[] text, byte[] to, int at) {
    System.arraycopy(text, 0, to, at, text.length);
    return at + text.length;
  }

  /** Writes a text in quotes. */
  static int string(String text, byte[] to, int at) {
    to[at] = '"';
    int end = copyPlain(text, to, at + 1);
    if (end < 0) {
      end = copy(ENCODER.quoteAsUTF8(text), to, at + 1);
    }
    to[end] = '"';
    return end + 1;
  }

  static int number(long value, byte[] to, int at) {
    return NumberOutput.outputLong(value, to, at);
  }

  /** With two decimals, which the amount must have; of no more than 18 digits in all. */
  static int number(BigDecimal amount, byte[] to, int at) {
    long hundredths = amount.unscaledValue().longValueExact();
    int end = at;
    if (hundredths < 0) {
      to[end++] = '-';
    }
    long positive = Math.abs(hundredths);
    end = NumberOutput.outputLong(positive / 100, to, end);
    int fraction = (int) (positive % 100);
    to[end] = '.';
    to[end + 1] = (byte) ('0' + fraction / 10);
    to[end + 2] = (byte) ('0' + fraction % 10);
    return end + 3;
  }

  /**
   * Writes as few digits as distinguish the number from all others, the same on every Java version.
   */
  static int number(double value, byte[] to, int at) {
    long tenThousandths = Math.round(value * TEN_THOUSAND);
    // A decimal of up to 15 digits is the shortest text of the double next to it.
    if (tenThousandths / TEN_THOUSAND == value
        && Math.abs(value) >= 1e-3
        && Math.abs(value) < 1e7) {
      return decimal(tenThousandths, to, at);
    }
    String text = NumberOutput.toString(value, true);
    return NumberOutput.notFinite(value) ? string(text, to, at) : copyPlain(text, to, at);
  }

  /** A point, then the digits up to the last that is not zero, but at least one. */
  private static int decimal(long tenThousandths, byte[] to, int at) {
    int end = at;
    if (tenThousandths < 0) {
      to[end++] = '-';
    }
    long positive = Math.abs(tenThousandths);
    end = NumberOutput.outputInt((int) (positive / (long) TEN_THOUSAND), to, end);
    int fraction = (int) (positive % (long) TEN_THOUSAND);
    to[end] = '.';
    to[end + 1] = (byte) ('0' + fraction / 1000);
    to[end + 2] = (byte) ('0' + fraction / 100 % 10);
    to[end + 3] = (byte) ('0' + fraction / 10 % 10);
    to[end + 4] = (byte) ('0' + fraction % 10);
    int last = end + 4;
    while (to[last] == '0' && last > end + 1) {
      last--;
    }
    return last + 1;
  }

  /** Copies a text that needs no escape and no second byte; returns -1 for any other. */
  private static int copyPlain(String text, byte[] to, int at) {
    int count = text.length();
    for (int i = 0; i < count; i++) {
      char each = text.charAt(i);
      if (each >= PLAIN.length || !PLAIN[each]) {
        return -1;
      }
      to[at + i] = (byte) each;
    }
    return at + count;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[0x7f];
    for (char each = ' '; each < plain.length; each++) {
      plain[each] = each != '"' && each != '\\';
    }
    return plain;
  }
}
