package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Where a document of a collection lies: its {@code _id} as bytes that sort as MongoDB sorts ids.
 * Immutable.
 */
final class DocumentKey implements Comparable<DocumentKey> {

  private final byte[] bytes;

  private DocumentKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key of bytes that {@link #bytes} gave; they are not copied. */
  static DocumentKey of(byte[] bytes) {
    return new DocumentKey(bytes);
  }

  /**
   * The key of an id.
   *
   * @param id any BSON value; null and missing are the same, as are numbers of the same value
   */
  static DocumentKey ofId(Object id) {
    return new DocumentKey(SortableBytes.of(id));
  }

  /** A new key, for documents of collections that have no ids. */
  static DocumentKey random() {
    return new DocumentKey(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** The key of a document in a collection whose ids are in this field. */
  static DocumentKey of(Document document, String idField) {
    return ofId(document.get(idField));
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(DocumentKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DocumentKey(" + bytes.length + " bytes)";
  }
}
