package dev.flagstream.udf.features.state;

import java.math.BigInteger;

/**
 * A sum of squares of amounts in cents, exact: 128 bits, since the square of ten digits has twenty.
 * Values can be taken out again, so that a window's spread follows from what enters and leaves it.
 * Not thread-safe.
 */
public final class SquareSum {

  private long high;
  private long low;

  public void add(long cents) {
    long square = cents * cents;
    long sum = low + square;
    high += Math.multiplyHigh(cents, cents) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  public void remove(long cents) {
    long square = cents * cents;
    high -= Math.multiplyHigh(cents, cents) + (Long.compareUnsigned(low, square) < 0 ? 1 : 0);
    low -= square;
  }

  /**
   * The sample variance of the values whose squares these are: (n Σx² − (Σx)²) / (n (n − 1)), where
   * the numerator is exact.
   *
   * @param count how many values there are, 2 or more
   * @param sum of the values
   * @return 0 exactly where all values are alike
   */
  public double variance(long count, long sum) {
    double pairs = (double) count * (count - 1);
    boolean fits =
        high == 0
            && low >= 0
            && Math.multiplyHigh(count, low) == 0
            && count * low >= 0
            && Math.multiplyHigh(sum, sum) == 0
            && sum * sum >= 0;
    if (fits) {
      return (count * low - sum * sum) / pairs;
    }
    BigInteger squares =
        BigInteger.valueOf(high)
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(low)));
    BigInteger ofSum = BigInteger.valueOf(sum);
    return squares.multiply(BigInteger.valueOf(count)).subtract(ofSum.multiply(ofSum)).doubleValue()
        / pairs;
  }

  public void writeTo(StateWriter state) {
    state.writeVarint(high);
    state.writeLong(low);
  }

  public static SquareSum read(StateReader state) {
    SquareSum read = new SquareSum();
    read.high = state.readVarint();
    read.low = state.readLong();
    return read;
  }
}
