package dev.flagstream.generator.transaction;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Arrays;

/**
 * A growing buffer of JSON text in UTF-8. Numbers and unusual texts are written by Jackson's own
 * routines; the rest, which is most, is copied. For one thread.
 */
final class JsonBytes {

  private static final int LONGEST_LONG = 20;
  private static final double TEN_THOUSAND = 10_000;
  private static final int FRACTION_DIGITS = 4;
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends bytes as they are. */
  void raw(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** Appends a character of ASCII as it is. */
  void raw(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  /** Appends a text in quotes. */
  void string(String text) {
    raw('"');
    if (!copyPlain(text)) {
      raw(ENCODER.quoteAsUTF8(text));
    }
    raw('"');
  }

  /** Appends ASCII digits, signs and points. */
  void digits(String number) {
    copyPlain(number);
  }

  void number(long value) {
    ensure(LONGEST_LONG);
    length = NumberOutput.outputLong(value, bytes, length);
  }

  /** With as few digits as tell the number from all others, the same on every Java version. */
  void number(double value) {
    long tenThousandths = Math.round(value * TEN_THOUSAND);
    // A decimal of up to 15 digits is the shortest text of the double next to it.
    if (tenThousandths / TEN_THOUSAND == value
        && Math.abs(value) >= 1e-3
        && Math.abs(value) < 1e7) {
      decimal(tenThousandths);
      return;
    }
    String text = NumberOutput.toString(value, true);
    if (NumberOutput.notFinite(value)) {
      string(text);
    } else {
      digits(text);
    }
  }

  /** A point, and behind it the digits up to the last that is not zero, but one at least. */
  private void decimal(long tenThousandths) {
    if (tenThousandths < 0) {
      raw('-');
    }
    long positive = Math.abs(tenThousandths);
    number(positive / (long) TEN_THOUSAND);
    int fraction = (int) (positive % (long) TEN_THOUSAND);
    raw('.');
    ensure(FRACTION_DIGITS);
    int place = (int) TEN_THOUSAND / 10;
    do {
      bytes[length++] = (byte) ('0' + fraction / place);
      fraction %= place;
      place /= 10;
    } while (fraction > 0);
  }

  /** Copies a text that needs no escape and no second byte; otherwise leaves all as it was. */
  private boolean copyPlain(String text) {
    int count = text.length();
    ensure(count);
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      char each = text.charAt(i);
      if (each < ' ' || each > '~' || each == '"' || each == '\\') {
        return false;
      }
      to[at + i] = (byte) each;
    }
    length = at + count;
    return true;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
