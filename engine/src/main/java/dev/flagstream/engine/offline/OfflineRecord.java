package dev.flagstream.engine.offline;

import java.util.List;
import org.apache.kafka.common.header.Header;

/** A record of a topic that exists in memory only; its arrays are not to be changed. */
public final class OfflineRecord {

  private final byte[] key;
  private final byte[] value;
  private final long timestampMs;
  private final List<Header> headers;

  /**
   * A record.
   *
   * @param key null if it has none
   * @param value null if it has none
   * @param timestampMs epoch milliseconds
   */
  public OfflineRecord(byte[] key, byte[] value, long timestampMs, List<Header> headers) {
    this.key = key;
    this.value = value;
    this.timestampMs = timestampMs;
    this.headers = List.copyOf(headers);
  }

  /** Null where the record has no key. */
  public byte[] key() {
    return key;
  }

  /** Null where the record has no value. */
  public byte[] value() {
    return value;
  }

  /** Epoch milliseconds. */
  public long timestampMs() {
    return timestampMs;
  }

  public List<Header> headers() {
    return headers;
  }
}
