package dev.flagstream.engine.function.builtin.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Estimates how many distinct hashes it was shown, with a standard error of 1.6 % (Flajolet and
 * others, 2007). Its state is a list of integers, each of which packs five registers.
 */
final class HyperLogLog {

  private static final int INDEX_BITS = 12;
  private static final int REGISTERS = 1 << INDEX_BITS;
  private static final int REGISTER_BITS = 6;
  private static final int REGISTERS_PER_INT = 5;
  private static final int INTS = (REGISTERS + REGISTERS_PER_INT - 1) / REGISTERS_PER_INT;
  private static final int MASK = (1 << REGISTER_BITS) - 1;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private HyperLogLog() {}

  static List<Integer> empty() {
    return Collections.nCopies(INTS, 0);
  }

  static List<Integer> with(List<Integer> state, long hash) {
    int register = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    // The guard bit bounds the count for a hash whose rest is all zeros.
    int rank = Long.numberOfLeadingZeros((hash << INDEX_BITS) | (1L << (INDEX_BITS - 1))) + 1;
    if (rank <= get(state, register)) {
      return state;
    }
    List<Integer> changed = new ArrayList<>(state);
    int shift = register % REGISTERS_PER_INT * REGISTER_BITS;
    int index = register / REGISTERS_PER_INT;
    changed.set(index, (changed.get(index) & ~(MASK << shift)) | (rank << shift));
    return changed;
  }

  private static int get(List<Integer> state, int register) {
    int shift = register % REGISTERS_PER_INT * REGISTER_BITS;
    return (state.get(register / REGISTERS_PER_INT) >>> shift) & MASK;
  }

  static List<Integer> merged(List<Integer> one, List<Integer> other) {
    List<Integer> merged = new ArrayList<>(INTS);
    for (int i = 0; i < INTS; i++) {
      int packed = 0;
      for (int r = 0; r < REGISTERS_PER_INT; r++) {
        int shift = r * REGISTER_BITS;
        int rank = Math.max((one.get(i) >>> shift) & MASK, (other.get(i) >>> shift) & MASK);
        packed |= rank << shift;
      }
      merged.add(packed);
    }
    return merged;
  }

  static long estimate(List<Integer> state) {
    double sum = 0;
    int zeros = 0;
    for (int i = 0; i < REGISTERS; i++) {
      int rank = get(state, i);
      sum += 1.0 / (1L << rank);
      zeros += rank == 0 ? 1 : 0;
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    // Small numbers are counted better by how many registers are still untouched.
    return estimate <= 2.5 * REGISTERS && zeros > 0
        ? Math.round(REGISTERS * Math.log((double) REGISTERS / zeros))
        : Math.round(estimate);
  }
}
