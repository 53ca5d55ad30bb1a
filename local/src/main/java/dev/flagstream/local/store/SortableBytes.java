package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * BSON values as bytes whose unsigned order is the order of the values: by type in MongoDB's order
 * of types, then by value. No value's bytes are the beginning of another's, so that they can be
 * written one after the other.
 *
 * <p>Numbers are ordered by their double value, whatever their type; decimals that are the same
 * double are alike, as when they are compared with a double. For longs that no double holds, the
 * rest follows. Texts are ordered by UTF-16 code unit, as {@link String#compareTo} does.
 *
 * <p>Sub-documents, arrays, binary data and regular expressions have bytes of their own for each
 * value, but in no useful order.
 */
final class SortableBytes {

  private static final int MIN_KEY = 0x05;
  private static final int NULL = 0x10;

  /** The first byte of every number. */
  static final int NUMBER = 0x20;

  private static final int TEXT = 0x30;
  private static final int DOCUMENT = 0x40;
  private static final int ARRAY = 0x45;
  private static final int BINARY = 0x50;
  private static final int LEGACY_UUID = 0x52;
  private static final int UUID_VALUE = 0x54;
  private static final int OBJECT_ID = 0x60;
  private static final int BOOLEAN = 0x70;
  private static final int DATE = 0x80;
  private static final int TIMESTAMP = 0x88;
  private static final int REGULAR_EXPRESSION = 0x90;
  private static final int OTHER = 0xA0;
  private static final int MAX_KEY = 0xF0;

  /** Where the bytes of values lie that have no useful order among each other. */
  static final List<ByteRange> WITHOUT_ORDER =
      List.of(between(DOCUMENT, OBJECT_ID), between(REGULAR_EXPRESSION, MAX_KEY));

  /** What the largest longs are rounded to; no long is that large. */
  private static final double TWO_TO_63 = 0x1p63;

  private static final int NO_REST = 0x80;
  private static final int NEGATIVE_REST = 0x40;
  private static final int POSITIVE_REST = 0xC0;

  private static final int OBJECT_ID_BYTES = 12;

  /** After a zero byte: the end of the value, or that the value has a zero byte here. */
  private static final byte END = 1;

  private static final byte ZERO = (byte) 0xFF;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(48);

  private SortableBytes() {}

  /** The bytes of one value; null and {@link Missing} are the same. */
  static byte[] of(Object value) {
    SortableBytes bytes = new SortableBytes();
    bytes.append(value);
    return bytes.out.toByteArray();
  }

  /** The bytes of several values, one after the other. */
  static byte[] ofAll(Iterable<?> values) {
    SortableBytes bytes = new SortableBytes();
    values.forEach(bytes::append);
    return bytes.out.toByteArray();
  }

  private static ByteRange between(int firstType, int typeBeyond) {
    return new ByteRange(new byte[] {(byte) firstType}, new byte[] {(byte) typeBeyond});
  }

  /** Whether values of this kind can be found by the order of their bytes. */
  static boolean isOrdered(Object value) {
    return value instanceof Number
        || value instanceof String
        || value instanceof Instant
        || value instanceof Boolean
        || value instanceof ObjectId;
  }

  /**
   * Whether a number is compared with any other by their double values; whole numbers beyond the
   * ints are not.
   */
  static boolean comparesAsDouble(Number number) {
    Number normalized = Utils.normalizeNumber(number);
    return normalized instanceof Integer || normalized instanceof Double;
  }

  /** The bytes with which all numbers begin that are the same double. */
  static byte[] ofDouble(Number number) {
    return Arrays.copyOf(of(number), 1 + Long.BYTES);
  }

  /** The number of bytes of the first value in {@code bytes} from {@code from} on. */
  static int lengthOfFirst(byte[] bytes, int from) {
    int at = from + 1;
    switch (bytes[from] & 0xFF) {
      case NUMBER -> {
        at += Long.BYTES;
        at += (bytes[at] & 0xFF) == NO_REST ? 1 : 1 + Long.BYTES;
      }
      case DATE, TIMESTAMP -> at += Long.BYTES;
      case BOOLEAN -> at++;
      case OBJECT_ID -> at += OBJECT_ID_BYTES;
      case MIN_KEY, NULL, MAX_KEY -> {}
      default -> {
        while (!(bytes[at] == 0 && bytes[at + 1] == END)) {
          at += bytes[at] == 0 ? 2 : 1;
        }
        at += 2;
      }
    }
    return at - from;
  }

  private void append(Object value) {
    if (Missing.isNullOrMissing(value)) {
      out.write(NULL);
    } else if (value instanceof Number number) {
      out.write(NUMBER);
      appendNumber(number);
    } else if (value instanceof String text) {
      out.write(TEXT);
      appendText(text);
    } else if (value instanceof Instant instant) {
      out.write(DATE);
      appendOrdered(instant.toEpochMilli());
    } else if (value instanceof Boolean bool) {
      out.write(BOOLEAN);
      out.write(bool ? 1 : 0);
    } else if (value instanceof ObjectId id) {
      out.write(OBJECT_ID);
      out.writeBytes(id.toByteArray());
    } else if (value instanceof BsonTimestamp timestamp) {
      out.write(TIMESTAMP);
      appendOrdered(timestamp.getValue());
    } else if (value instanceof MinKey) {
      out.write(MIN_KEY);
    } else if (value instanceof MaxKey) {
      out.write(MAX_KEY);
    } else {
      appendUnordered(value);
    }
  }

  private void appendUnordered(Object value) {
    if (value instanceof Map<?, ?> document) {
      out.write(DOCUMENT);
      SortableBytes inside = new SortableBytes();
      document.forEach(
          (name, field) -> {
            inside.appendText(name.toString());
            inside.append(field);
          });
      appendEscaped(inside.out.toByteArray());
    } else if (value instanceof Collection<?> array) {
      out.write(ARRAY);
      appendEscaped(ofAll(array));
    } else if (value instanceof BinData data) {
      out.write(BINARY);
      appendEscaped(data.getData());
    } else if (value instanceof UUID uuid) {
      out.write(UUID_VALUE);
      appendEscaped(uuid.toString().getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof LegacyUUID uuid) {
      out.write(LEGACY_UUID);
      appendEscaped(uuid.getUuid().toString().getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof BsonRegularExpression) {
      out.write(REGULAR_EXPRESSION);
      appendEscaped(DocumentBytes.of(new Document("", value)));
    } else {
      out.write(OTHER);
      appendEscaped(DocumentBytes.of(new Document("", value)));
    }
  }

  private void appendNumber(Number number) {
    // Makes 0.0 of -0.0.
    double rounded = number.doubleValue() + 0.0;
    long bits = Double.doubleToLongBits(rounded);
    appendBigEndian(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    if (number instanceof Long whole && (rounded == TWO_TO_63 || (long) rounded != whole)) {
      boolean above = rounded != TWO_TO_63 && (long) rounded < whole;
      out.write(above ? POSITIVE_REST : NEGATIVE_REST);
      appendOrdered(whole);
    } else {
      out.write(NO_REST);
    }
  }

  private void appendOrdered(long value) {
    appendBigEndian(value ^ Long.MIN_VALUE);
  }

  private void appendBigEndian(long bits) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (bits >>> shift));
    }
  }

  /** Each UTF-16 code unit as UTF-8 would write it alone, so that surrogates keep their order. */
  private void appendText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        out.write(0);
        out.write(ZERO);
      } else if (unit < 0x80) {
        out.write(unit);
      } else if (unit < 0x800) {
        out.write(0xC0 | (unit >> 6));
        out.write(0x80 | (unit & 0x3F));
      } else {
        out.write(0xE0 | (unit >> 12));
        out.write(0x80 | ((unit >> 6) & 0x3F));
        out.write(0x80 | (unit & 0x3F));
      }
    }
    out.write(0);
    out.write(END);
  }

  private void appendEscaped(byte[] bytes) {
    for (byte each : bytes) {
      out.write(each);
      if (each == 0) {
        out.write(ZERO);
      }
    }
    out.write(0);
    out.write(END);
  }
}
