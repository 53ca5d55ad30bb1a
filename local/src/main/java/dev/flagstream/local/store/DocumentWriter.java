package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * Writes documents as BSON into an array of bytes, byte for byte as the wire's {@link BsonEncoder}
 * does, to which rarer types are left. That one goes through buffers that check each byte, and
 * encodes each name and text into an array of its own first: it was half of the cost of an upsert.
 * For one document; not thread-safe.
 */
final class DocumentWriter {

  private static final int USUAL_BYTES = 4096;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int size;

  private DocumentWriter() {}

  /** The document as BSON. */
  static byte[] write(Map<String, ?> document) {
    DocumentWriter writer = new DocumentWriter();
    writer.document(document);
    return Arrays.copyOf(writer.bytes, writer.size);
  }

  private void document(Map<String, ?> document) {
    int start = begin();
    for (Map.Entry<String, ?> field : document.entrySet()) {
      field(field.getKey(), field.getValue());
    }
    end(start);
  }

  /** An array is a document whose names are the numbers of its elements. */
  private void array(Collection<?> elements) {
    int start = begin();
    int index = 0;
    for (Object element : elements) {
      field(Integer.toString(index++), element);
    }
    end(start);
  }

  private int begin() {
    int start = size;
    int32(0);
    return start;
  }

  private void end(int start) {
    int8(BsonConstants.TERMINATING_BYTE);
    putInt32(start, size - start);
  }

  private void field(String name, Object value) {
    byte type = BsonEncoder.determineType(value);
    int8(type);
    characters(name);
    int8(BsonConstants.STRING_TERMINATION);
    switch (type) {
      case BsonConstants.TYPE_DOUBLE -> int64(Double.doubleToRawLongBits((Double) value));
      case BsonConstants.TYPE_UTF8_STRING -> text((String) value);
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> embedded((Map<?, ?>) value);
      case BsonConstants.TYPE_ARRAY -> array((Collection<?>) value);
      case BsonConstants.TYPE_BOOLEAN ->
          int8(
              (Boolean) value
                  ? BsonConstants.BOOLEAN_VALUE_TRUE
                  : BsonConstants.BOOLEAN_VALUE_FALSE);
      case BsonConstants.TYPE_UTC_DATETIME -> int64(((Instant) value).toEpochMilli());
      case BsonConstants.TYPE_INT32 -> int32((Integer) value);
      case BsonConstants.TYPE_INT64 -> int64((Long) value);
      case BsonConstants.TYPE_DECIMAL128 -> {
        int64(((Decimal128) value).getLow());
        int64(((Decimal128) value).getHigh());
      }
      case BsonConstants.TYPE_NULL -> {}
      default -> rare(type, value);
    }
  }

  @SuppressWarnings("unchecked") // names are texts, as in every document
  private void embedded(Map<?, ?> document) {
    document((Map<String, ?>) document);
  }

  private void rare(byte type, Object value) {
    ByteBuf buffer = Unpooled.buffer();
    BsonEncoder.encodeValue(type, value, buffer);
    int length = buffer.readableBytes();
    reserve(length);
    buffer.readBytes(bytes, size, length);
    size += length;
  }

  private void text(String value) {
    int start = begin();
    characters(value);
    int8(BsonConstants.STRING_TERMINATION);
    putInt32(start, size - start - Integer.BYTES);
  }

  private void characters(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        raw(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  private void raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void int8(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  private void int32(int value) {
    reserve(Integer.BYTES);
    putInt32(size, value);
    size += Integer.BYTES;
  }

  private void putInt32(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  private void int64(long value) {
    int32((int) value);
    int32((int) (value >> 32));
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
