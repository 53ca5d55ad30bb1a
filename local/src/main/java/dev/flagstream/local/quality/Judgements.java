package dev.flagstream.local.quality;

import dev.flagstream.dashboard.quality.AveragePrecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The latest verdicts and the latest frauds, in whichever order they become known. Bounded: 17
 * bytes for each of {@value #MAX} verdicts, and as many as {@value #MAX_FRAUDS} frauds. Ids are
 * kept as 64-bit hashes; that two of a million are alike has a chance of one in 37 million. For one
 * thread.
 */
final class Judgements {

  static final int MAX = 1 << 20;
  static final int MAX_FRAUDS = 1 << 17;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] ids = new long[FIRST_CAPACITY];
  private double[] scores = new double[FIRST_CAPACITY];
  private boolean[] flagged = new boolean[FIRST_CAPACITY];
  private int size;
  private int next;

  private final Set<Long> frauds = new HashSet<>();
  private final Deque<Long> fraudsByAge = new ArrayDeque<>();
  private boolean anyScore;

  /**
   * Notes a verdict.
   *
   * @param score NaN if it came without one
   */
  void judged(String transactionId, boolean isFlagged, double score) {
    if (next == ids.length && ids.length < MAX) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
      scores = Arrays.copyOf(scores, ids.length);
      flagged = Arrays.copyOf(flagged, ids.length);
    }
    next %= ids.length;
    ids[next] = hash(transactionId);
    scores[next] = score;
    flagged[next] = isFlagged;
    next++;
    size = Math.max(size, next);
    anyScore |= !Double.isNaN(score);
  }

  /** Notes that a transaction is a fraud; a second time changes nothing. */
  void fraud(String transactionId) {
    long id = hash(transactionId);
    if (frauds.add(id)) {
      fraudsByAge.addLast(id);
      if (fraudsByAge.size() > MAX_FRAUDS) {
        frauds.remove(fraudsByAge.removeFirst());
      }
    }
  }

  /** Compares all of them now. */
  Quality compare(long labels) {
    boolean[] fraud = new boolean[size];
    int[] counts = new int[4];
    for (int i = 0; i < size; i++) {
      fraud[i] = frauds.contains(ids[i]);
      counts[(fraud[i] ? 2 : 0) + (flagged[i] ? 1 : 0)]++;
    }
    return new Quality(
        new Confusion(counts[3], counts[1], counts[2], counts[0]),
        anyScore ? averagePrecision(fraud, counts[2] + counts[3]) : OptionalDouble.empty(),
        labels);
  }

  /** What has no score is taken for the least suspicious. */
  private OptionalDouble averagePrecision(boolean[] fraud, int fraudCount) {
    double[] fraudScores = new double[fraudCount];
    double[] honestScores = new double[size - fraudCount];
    int atFraud = 0;
    int atHonest = 0;
    for (int i = 0; i < size; i++) {
      double score = Double.isNaN(scores[i]) ? Double.NEGATIVE_INFINITY : scores[i];
      if (fraud[i]) {
        fraudScores[atFraud++] = score;
      } else {
        honestScores[atHonest++] = score;
      }
    }
    return AveragePrecision.of(fraudScores, honestScores);
  }

  /** FNV-1a. */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
