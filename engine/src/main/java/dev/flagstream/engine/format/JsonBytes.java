package dev.flagstream.engine.format;

import dev.flagstream.engine.value.ByteBuffers;
import dev.flagstream.engine.value.DoubleText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON text as UTF-8 bytes in a buffer that one thread uses again and again.
 *
 * <p>Written by hand because writing is half the cost of a simple query: field names are encoded
 * once, and ASCII, which almost all text is, is copied without an encoder.
 */
final class JsonBytes {

  private static final int INITIAL_CAPACITY = 512;

  /** A row larger than this must not make its thread hold the memory for good. */
  private static final int MAX_KEPT_CAPACITY = 1 << 20;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] MIN_LONG = ascii(Long.toString(Long.MIN_VALUE));
  private static final int MAX_LONG_DIGITS = 20;

  /** Below it, Java writes each multiple of a hundredth with these digits and no others. */
  private static final double MAX_IN_HUNDREDTHS = 1_000_000;

  private static final ThreadLocal<JsonBytes> CURRENT = ThreadLocal.withInitial(JsonBytes::new);

  private byte[] buffer = new byte[INITIAL_CAPACITY];
  private int size;

  private JsonBytes() {}

  /** This thread's buffer, emptied. */
  static JsonBytes begin() {
    JsonBytes bytes = CURRENT.get();
    bytes.size = 0;
    return bytes;
  }

  /** A copy of what was written. */
  byte[] toByteArray() {
    byte[] result = Arrays.copyOf(buffer, size);
    if (buffer.length > MAX_KEPT_CAPACITY) {
      buffer = new byte[INITIAL_CAPACITY];
    }
    return result;
  }

  /** What {@code writeRaw} needs for text that is ASCII and needs no escaping. */
  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A field name with quotes and colon, encoded once for {@code writeRaw}. */
  static byte[] fieldName(String name) {
    JsonBytes bytes = new JsonBytes();
    bytes.writeString(name);
    bytes.writeByte(':');
    return bytes.toByteArray();
  }

  void writeByte(int b) {
    reserve(1);
    buffer[size++] = (byte) b;
  }

  void writeRaw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  void writeNull() {
    writeRaw(NULL);
  }

  void writeBoolean(boolean value) {
    writeRaw(value ? TRUE : FALSE);
  }

  void writeLong(long value) {
    if (value == Long.MIN_VALUE) {
      writeRaw(MIN_LONG);
      return;
    }
    reserve(MAX_LONG_DIGITS);
    long rest = value;
    if (rest < 0) {
      buffer[size++] = '-';
      rest = -rest;
    }
    int digits = digitCount(rest);
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private static int digitCount(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** As {@link DoubleText} has it; JSON has no NaN or infinity: they are written as strings. */
  void writeDouble(double value) {
    long hundredths = Math.round(value * 100);
    boolean negativeZero = hundredths == 0 && Double.doubleToRawLongBits(value) != 0;
    if (Math.abs(value) < MAX_IN_HUNDREDTHS && hundredths / 100.0 == value && !negativeZero) {
      writeHundredths(hundredths);
    } else if (Double.isFinite(value)) {
      writeAscii(DoubleText.of(value));
    } else {
      writeString(DoubleText.of(value));
    }
  }

  /** Amounts and counts, which are most doubles, take a fifth of the time this way. */
  private void writeHundredths(long hundredths) {
    long rest = Math.abs(hundredths);
    if (hundredths < 0) {
      writeByte('-');
    }
    writeLong(rest / 100);
    int fraction = (int) (rest % 100);
    writeByte('.');
    writeByte('0' + fraction / 10);
    if (fraction % 10 != 0) {
      writeByte('0' + fraction % 10);
    }
  }

  /** Text that is known to be ASCII without anything to escape. */
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the fastest way for ASCII.
  void writeAscii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, buffer, size);
    size += length;
  }

  void writeBase64(ByteBuffer bytes) {
    writeByte('"');
    writeRaw(Base64.getEncoder().encode(ByteBuffers.toArray(bytes)));
    writeByte('"');
  }

  void writeString(String text) {
    int length = text.length();
    reserve(length + 2);
    int start = size;
    buffer[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c >= 0x80) {
        size = start;
        writeEscaped(text);
        return;
      }
      buffer[size++] = (byte) c;
    }
    buffer[size++] = '"';
  }

  private void writeEscaped(String text) {
    writeByte('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        writeControl(c);
      } else if (c < 0x80) {
        if (c == '"' || c == '\\') {
          writeByte('\\');
        }
        writeByte(c);
      } else if (c < 0x800) {
        writeByte(0xC0 | (c >> 6));
        writeByte(0x80 | (c & 0x3F));
      } else if (Character.isSurrogate(c)) {
        writeUnicodeEscape(c);
      } else {
        writeByte(0xE0 | (c >> 12));
        writeByte(0x80 | ((c >> 6) & 0x3F));
        writeByte(0x80 | (c & 0x3F));
      }
    }
    writeByte('"');
  }

  /** Surrogates, in pairs or alone, are written as escapes, as ksqlDB writes them. */
  private void writeUnicodeEscape(int c) {
    writeByte('\\');
    writeByte('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      writeByte(HEX[(c >> shift) & 0xF]);
    }
  }

  private void writeControl(int c) {
    writeByte('\\');
    switch (c) {
      case '\b' -> writeByte('b');
      case '\f' -> writeByte('f');
      case '\n' -> writeByte('n');
      case '\r' -> writeByte('r');
      case '\t' -> writeByte('t');
      default -> {
        writeByte('u');
        writeByte('0');
        writeByte('0');
        writeByte(HEX[c >> 4]);
        writeByte(HEX[c & 0xF]);
      }
    }
  }

  private void reserve(int count) {
    if (size + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + count));
    }
  }
}
