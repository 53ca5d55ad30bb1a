package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Documents as BSON, the way they are kept. */
final class DocumentBytes {

  /** MongoDB's own limit of a document, in bytes. */
  static final int LARGEST = 16 * 1024 * 1024;

  private static final int TOO_LARGE = 10334;

  /**
   * The bytes of a field without its name's text: its type, the end of its name, and the longest
   * value of a fixed length.
   */
  private static final int OVERHEAD = 18;

  private static final int MOST_BYTES_OF_A_CHAR = 3;

  private DocumentBytes() {}

  /**
   * The document as BSON.
   *
   * @throws MongoServerError if it is larger than MongoDB allows
   */
  static byte[] of(Document document) {
    byte[] bytes = DocumentWriter.write(document);
    if (bytes.length > LARGEST) {
      throw new MongoServerError(
          TOO_LARGE,
          "BSONObjectTooLarge",
          "BSONObj size: " + bytes.length + " is invalid. Size must be between 0 and " + LARGEST);
    }
    return bytes;
  }

  /** A new document from what {@link #of(Document)} gave. */
  static Document read(byte[] bytes) {
    return DocumentReader.read(bytes);
  }

  /**
   * The same, with some of the fields alone.
   *
   * @param wanted their names; null for all
   */
  static Document read(byte[] bytes, Set<String> wanted) {
    return DocumentReader.read(bytes, wanted);
  }

  /** About how many bytes a value takes as BSON: rather more than less. */
  static long about(Object value) {
    if (value instanceof String text) {
      return OVERHEAD + (long) MOST_BYTES_OF_A_CHAR * text.length();
    }
    if (value instanceof Map<?, ?> document) {
      long bytes = OVERHEAD;
      for (Map.Entry<?, ?> field : document.entrySet()) {
        bytes += about(field.getKey()) + about(field.getValue());
      }
      return bytes;
    }
    if (value instanceof Collection<?> array) {
      long bytes = OVERHEAD;
      for (Object element : array) {
        bytes += OVERHEAD + about(element);
      }
      return bytes;
    }
    return value instanceof BinData data ? OVERHEAD + data.getData().length : OVERHEAD;
  }
}
