package dev.flagstream.local.ledger;

import java.nio.charset.StandardCharsets;

/**
 * What the ledger remembers of every transaction, packed: 10 bytes a slot, with at least one slot
 * in three free. So a million transactions take 15 to 30 MB, and half as much again for the moment
 * in which the table doubles. Ids are kept as 64-bit hashes; that two of ten million are alike has
 * a chance of one in 370,000. For one thread.
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

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Zero marks a free slot; an id whose hash is zero takes the hash one. */
  private long[] hashes = new long[FIRST_CAPACITY];

  private byte[] states = new byte[FIRST_CAPACITY];

  /** How many more times it came in than it was scored, as far as a byte can count. */
  private byte[] unscored = new byte[FIRST_CAPACITY];

  private int size;

  /** How many transactions have any of the bits. */
  long count(int anyOf) {
    long count = 0;
    for (byte state : states) {
      count += (state & anyOf) == 0 ? 0 : 1;
    }
    return count;
  }

  /** How many transactions have any of the first bits and none of the others. */
  long count(int anyOf, int noneOf) {
    long count = 0;
    for (byte state : states) {
      count += (state & anyOf) != 0 && (state & noneOf) == 0 ? 1 : 0;
    }
    return count;
  }

  /** The state of a transaction; 0 if it is not known. */
  int stateOf(String id) {
    return states[slotOf(hash(id))];
  }

  /** How many more times it came in than it was scored; negative if it was scored more often. */
  int unscored(String id) {
    return unscored[slotOf(hash(id))];
  }

  /** How many transactions came in more often than they were scored, of those with the bits. */
  long countUnscored(int anyOf, int noneOf) {
    long count = 0;
    for (int i = 0; i < unscored.length; i++) {
      count += unscored[i] > 0 && (states[i] & anyOf) != 0 && (states[i] & noneOf) == 0 ? 1 : 0;
    }
    return count;
  }

  /** How many transactions were scored more often than they came in. */
  long countScoredTooOften() {
    long count = 0;
    for (byte each : unscored) {
      count += each < 0 ? 1 : 0;
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
    int slot = slotToFill(hash(id));
    states[slot] |= (byte) bits;
    unscored[slot] =
        (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, unscored[slot] + change));
  }

  /** Takes bits away from all transactions. */
  void removeFromAll(int bits) {
    for (int i = 0; i < states.length; i++) {
      states[i] &= (byte) ~bits;
    }
  }

  private int slotToFill(long hash) {
    int slot = slotOf(hash);
    if (hashes[slot] == 0) {
      if (3L * (size + 1) > 2L * hashes.length) {
        grow();
        slot = slotOf(hash);
      }
      hashes[slot] = hash;
      size++;
    }
    return slot;
  }

  /** Where the transaction is, or the free slot where it would be. */
  private int slotOf(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) (hash ^ (hash >>> 32)) & mask;
    while (hashes[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    byte[] oldStates = states;
    byte[] oldUnscored = unscored;
    hashes = new long[2 * oldHashes.length];
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

  /** FNV-1a, never 0. */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}
