package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads documents from BSON in an array of bytes, value for value as the wire's {@link BsonDecoder}
 * does, to which rarer types are left. That one goes through buffers that check each byte, and
 * makes each name anew: half of the cost of an upsert was reading. For one reading; not
 * thread-safe.
 *
 * <p>What is read may come from anyone: the work and the memory are bounded by the bytes, and the
 * depth by {@value #DEEPEST} documents and arrays within each other, as in MongoDB.
 */
final class DocumentReader {

  static final int DEEPEST = 200;

  private static final int SMALLEST_DOCUMENT = Integer.BYTES + 1;

  private final byte[] bytes;
  private int at;
  private int depth;

  private DocumentReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /**
   * A new document from the whole of an array.
   *
   * @throws IllegalArgumentException if it is no BSON document
   */
  static Document read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  /**
   * A new document.
   *
   * @param from its first byte
   * @param end beyond the last byte it may have
   * @throws IllegalArgumentException if no BSON document begins there and ends by then
   */
  static Document read(byte[] bytes, int from, int end) {
    return new DocumentReader(bytes, from).document(end);
  }

  /**
   * A new document of some of the fields.
   *
   * @param bytes a document as {@link DocumentWriter} writes it
   * @param wanted the names of the fields to read; null for all
   */
  static Document read(byte[] bytes, Set<String> wanted) {
    if (wanted == null) {
      return read(bytes);
    }
    DocumentReader reader = new DocumentReader(bytes, Integer.BYTES);
    int end = bytes.length - 1;
    Document document = new Document();
    while (reader.at < end) {
      byte type = reader.int8(end);
      String name = reader.name(end);
      if (wanted.contains(name)) {
        document.put(name, reader.value(type, end));
      } else {
        reader.skip(type, end);
      }
    }
    return document;
  }

  /** How many bytes the document that begins there says it has. */
  static int length(byte[] bytes, int from) {
    return new DocumentReader(bytes, from).int32(bytes.length);
  }

  /**
   * One field's value.
   *
   * @param bytes a document as {@link DocumentWriter} writes it
   * @return null if there is no such field, or its value is null
   */
  static Object field(byte[] bytes, String name) {
    DocumentReader reader = new DocumentReader(bytes, Integer.BYTES);
    int end = bytes.length - 1;
    while (reader.at < end) {
      byte type = reader.int8(end);
      String next = reader.name(end);
      if (next.equals(name)) {
        return reader.value(type, end);
      }
      reader.skip(type, end);
    }
    return null;
  }

  private Document document(int end) {
    int endOfFields = begin(end);
    Document document = new Document();
    while (at < endOfFields) {
      byte type = int8(endOfFields);
      String name = name(endOfFields);
      if (document.put(name, value(type, endOfFields)) != null) {
        throw new IllegalArgumentException("A document has the field '" + name + "' twice");
      }
    }
    end(endOfFields);
    return document;
  }

  /** Leaves out the names of an array's elements, which are only their numbers. */
  private List<Object> array(int end) {
    int endOfElements = begin(end);
    List<Object> elements = new ArrayList<>();
    while (at < endOfElements) {
      byte type = int8(endOfElements);
      at = endOfName(endOfElements) + 1;
      elements.add(value(type, endOfElements));
    }
    end(endOfElements);
    return elements;
  }

  /** Returns where the last byte of the document is, before which its fields end. */
  private int begin(int end) {
    int start = at;
    int length = int32(end);
    if (length < SMALLEST_DOCUMENT || length > end - start) {
      throw new IllegalArgumentException(
          "A document of " + length + " bytes in " + (end - start) + " bytes");
    }
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException(
          "Documents and arrays are nested deeper than " + DEEPEST + " within each other");
    }
    return start + length - 1;
  }

  private void end(int endOfFields) {
    if (at != endOfFields || bytes[at++] != BsonConstants.TERMINATING_BYTE) {
      throw new IllegalArgumentException("A document does not end where it says");
    }
    depth--;
  }

  private Object value(byte type, int end) {
    return switch (type) {
      case BsonConstants.TYPE_DOUBLE -> Double.longBitsToDouble(int64(end));
      case BsonConstants.TYPE_UTF8_STRING -> text(end);
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> document(end);
      case BsonConstants.TYPE_ARRAY -> array(end);
      case BsonConstants.TYPE_BOOLEAN -> truth(end);
      case BsonConstants.TYPE_UTC_DATETIME -> Instant.ofEpochMilli(int64(end));
      case BsonConstants.TYPE_INT32 -> int32(end);
      case BsonConstants.TYPE_INT64 -> int64(end);
      case BsonConstants.TYPE_DECIMAL128 -> {
        long low = int64(end);
        yield new Decimal128(low, int64(end));
      }
      case BsonConstants.TYPE_NULL -> null;
      case BsonConstants.TYPE_JAVASCRIPT_CODE -> new BsonJavaScript(text(end));
      case BsonConstants.TYPE_DATA -> {
        requireData(end);
        yield rare(type, end);
      }
      default -> rare(type, end);
    };
  }

  /** Goes past a value that was written by {@link DocumentWriter}. */
  private void skip(byte type, int end) {
    switch (type) {
      case BsonConstants.TYPE_DOUBLE, BsonConstants.TYPE_UTC_DATETIME, BsonConstants.TYPE_INT64 ->
          skipBytes(Long.BYTES, end);
      case BsonConstants.TYPE_INT32 -> skipBytes(Integer.BYTES, end);
      case BsonConstants.TYPE_BOOLEAN -> skipBytes(1, end);
      case BsonConstants.TYPE_DECIMAL128 -> skipBytes(2 * Long.BYTES, end);
      case BsonConstants.TYPE_NULL -> {}
      case BsonConstants.TYPE_UTF8_STRING -> skipBytes(int32(end), end);
      // Their length counts its own four bytes.
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY ->
          skipBytes(int32(end) - Integer.BYTES, end);
      default -> value(type, end);
    }
  }

  private void skipBytes(int count, int end) {
    if (count < 0) {
      throw new IllegalArgumentException("A value of " + count + " bytes");
    }
    require(count, end);
    at += count;
  }

  /** Checks the length before the library makes an array of that size. */
  private void requireData(int end) {
    int length = new DocumentReader(bytes, at).int32(end);
    if (length < 0 || length > end - at - Integer.BYTES - 1) {
      throw new IllegalArgumentException(
          "Binary data of " + length + " bytes in " + (end - at) + " bytes");
    }
  }

  private Object rare(byte type, int end) {
    ByteBuf rest = Unpooled.wrappedBuffer(bytes, at, end - at);
    try {
      Object value = BsonDecoder.decodeValue(type, rest);
      at += rest.readerIndex();
      return value;
    } catch (IndexOutOfBoundsException e) {
      throw tooShort(e);
    }
  }

  private boolean truth(int end) {
    return switch (int8(end)) {
      case BsonConstants.BOOLEAN_VALUE_FALSE -> false;
      case BsonConstants.BOOLEAN_VALUE_TRUE -> true;
      default -> throw new IllegalArgumentException("A boolean that is neither true nor false");
    };
  }

  private String text(int end) {
    int length = int32(end);
    if (length < 1 || length > end - at || bytes[at + length - 1] != 0) {
      throw new IllegalArgumentException("A text of " + length + " bytes does not end with them");
    }
    String text = new String(bytes, at, length - 1, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private String name(int end) {
    int start = at;
    int endOfName = endOfName(end);
    at = endOfName + 1;
    return FieldNames.of(bytes, start, endOfName);
  }

  private int endOfName(int end) {
    for (int i = at; i < end; i++) {
      if (bytes[i] == BsonConstants.STRING_TERMINATION) {
        return i;
      }
    }
    throw tooShort(null);
  }

  private byte int8(int end) {
    require(1, end);
    return bytes[at++];
  }

  private int int32(int end) {
    require(Integer.BYTES, end);
    int value =
        (bytes[at] & 0xff)
            | (bytes[at + 1] & 0xff) << 8
            | (bytes[at + 2] & 0xff) << 16
            | bytes[at + 3] << 24;
    at += Integer.BYTES;
    return value;
  }

  private long int64(int end) {
    long low = int32(end) & 0xffffffffL;
    return low | (long) int32(end) << 32;
  }

  private void require(int length, int end) {
    if (end - at < length) {
      throw tooShort(null);
    }
  }

  private static IllegalArgumentException tooShort(Exception cause) {
    return new IllegalArgumentException("A document ends within a value", cause);
  }
}
