package dev.flagstream.local.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the ledger remembers of every transaction, packed: 10 bytes a slot, of which three quarters
 * are in use at most and three fifths at least. So a million transactions take 14 to 17 MB. It is
 * made of {@value #SEGMENTS} segments that grow one by one, so that growing takes no more than a
 * fraction of that. Ids are kept as 64-bit hashes; that two of ten million are alike has a chance
 * of one in 370,000. For one thread.
 */
final class TransactionTable {

  /** Bits of a transaction's state. */
  static final int IN_INPUT = 1;

  /** Its record is irregular: the ledger foretells no verdict. */
  static final int UNDECIDED = 1 << 1;

  /** A rule hits, by the ledger's own calculation. */
  static final int RULE_HIT = 1 << 2;

  /** It was scored, with a score on or over the model's threshold. */
  static final int SCORED_ALERT = 1 << 3;

  /** It was scored, below the threshold or without a model. */
  static final int SCORED_CLEAR = 1 << 4;

  /** The store has its decision. */
  static final int STORED = 1 << 5;

  /** SQL flagged it at least once. */
  static final int SAID_FLAGGED = 1 << 6;

  /** It came in, perhaps once more, after what the ledger is about. */
  static final int LATER = 1 << 7;

  /** Scored at least once. */
  static final int SCORED = SCORED_ALERT | SCORED_CLEAR;

  private static final int SEGMENT_BITS = 6;
  private static final int SEGMENTS = 1 << SEGMENT_BITS;
  private static final int FIRST_CAPACITY = 64;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** A factor of SplitMix64 (Steele, Lea and Flood, 2014), whose product mixes all bits. */
  private static final long MIX = 0xbf58476d1ce4e5b9L;

  /** Stands for a difference that no byte can hold; it is in {@link #large}. */
  private static final byte LARGE = Byte.MIN_VALUE;

  private final Segment[] segments = new Segment[SEGMENTS];

  /** How many more times ids came in than they were scored, by hash, where no byte holds it. */
  private final Map<Long, Integer> large = new HashMap<>();

  TransactionTable() {
    Arrays.setAll(segments, any -> new Segment());
  }

  /** The transactions whose hashes begin with the same bits. */
  private static final class Segment {

    /** Zero marks a free slot; an id whose hash is zero takes the hash one. */
    private long[] hashes = new long[FIRST_CAPACITY];

    private byte[] states = new byte[FIRST_CAPACITY];

    /** How many more times it came in than it was scored, or {@link #LARGE}. */
    private byte[] unscored = new byte[FIRST_CAPACITY];

    private int size;

    int slotToFill(long hash) {
      int slot = slotOf(hash);
      if (hashes[slot] == 0) {
        if (4L * (size + 1) > 3L * hashes.length) {
          grow();
          slot = slotOf(hash);
        }
        hashes[slot] = hash;
        size++;
      }
      return slot;
    }

    /** Where the transaction is, or the free slot where it would be. */
    int slotOf(long hash) {
      // The lower half as a fraction of the capacity, which is no power of two.
      long fraction = (hash ^ (hash >>> 17)) & 0xffffffffL;
      int slot = (int) ((fraction * hashes.length) >>> Integer.SIZE);
      while (hashes[slot] != 0 && hashes[slot] != hash) {
        slot = slot + 1 == hashes.length ? 0 : slot + 1;
      }
      return slot;
    }

    private void grow() {
      long[] oldHashes = hashes;
      byte[] oldStates = states;
      byte[] oldUnscored = unscored;
      hashes = new long[Math.addExact(oldHashes.length, oldHashes.length / 4)];
      states = new byte[hashes.length];
      unscored = new byte[hashes.length];
      for (int i = 0; i < oldHashes.length; i++) {
        if (oldHashes[i] != 0) {
          int slot = slotOf(oldHashes[i]);
          hashes[slot] = oldHashes[i];
          states[slot] = oldStates[i];
          unscored[slot] = oldUnscored[i];
        }
      }
    }
  }

  /** How many transactions have any of the bits. */
  long count(int anyOf) {
    return count(anyOf, 0);
  }

  /** How many transactions have any of the first bits and none of the others. */
  long count(int anyOf, int noneOf) {
    long count = 0;
    for (Segment segment : segments) {
      for (byte state : segment.states) {
        count += (state & anyOf) != 0 && (state & noneOf) == 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** The state of a transaction; 0 if it is not known. */
  int stateOf(String id) {
    long hash = hash(id);
    Segment segment = segment(hash);
    return segment.states[segment.slotOf(hash)];
  }

  /** How many more times it came in than it was scored; negative if it was scored more often. */
  int unscored(String id) {
    long hash = hash(id);
    Segment segment = segment(hash);
    return unscored(segment, segment.slotOf(hash));
  }

  private int unscored(Segment segment, int slot) {
    byte packed = segment.unscored[slot];
    return packed == LARGE ? large.get(segment.hashes[slot]) : packed;
  }

  /** How many transactions came in more often than they were scored, of those with the bits. */
  long countUnscored(int anyOf, int noneOf) {
    long count = 0;
    for (Segment segment : segments) {
      for (int i = 0; i < segment.unscored.length; i++) {
        int state = segment.states[i];
        count += (state & anyOf) != 0 && (state & noneOf) == 0 && unscored(segment, i) > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** How many transactions were scored more often than they came in. */
  long countScoredTooOften() {
    long count = 0;
    for (Segment segment : segments) {
      for (int i = 0; i < segment.unscored.length; i++) {
        count += unscored(segment, i) < 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Adds bits to a transaction's state; one that is new is taken up. */
  void add(String id, int bits) {
    note(id, bits, 0);
  }

  /**
   * As above.
   *
   * @param change 1 if the transaction came in once more, -1 if it was scored once more
   */
  void note(String id, int bits, int change) {
    long hash = hash(id);
    Segment segment = segment(hash);
    int slot = segment.slotToFill(hash);
    segment.states[slot] |= (byte) bits;
    int now = unscored(segment, slot) + change;
    if (now > LARGE && now <= Byte.MAX_VALUE) {
      if (segment.unscored[slot] == LARGE) {
        large.remove(hash);
      }
      segment.unscored[slot] = (byte) now;
    } else {
      large.put(hash, now);
      segment.unscored[slot] = LARGE;
    }
  }

  /** Takes bits away from all transactions. */
  void removeFromAll(int bits) {
    for (Segment segment : segments) {
      for (int i = 0; i < segment.states.length; i++) {
        segment.states[i] &= (byte) ~bits;
      }
    }
  }

  private Segment segment(long hash) {
    return segments[(int) (hash >>> (Long.SIZE - SEGMENT_BITS))];
  }

  /** FNV-1a, never 0, with its bits mixed once more: the first ones of it differ little. */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    hash ^= hash >>> 32;
    hash *= MIX;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
