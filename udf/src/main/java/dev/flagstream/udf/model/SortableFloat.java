package dev.flagstream.udf.model;

/**
 * Floats as ints of the same order, so that a threshold and a direction are one integer compare.
 */
final class SortableFloat {

  /** Below the image of every float. */
  static final int BELOW_ALL = Integer.MIN_VALUE;

  /** Above the image of every float. */
  static final int ABOVE_ALL = Integer.MAX_VALUE;

  private static final int ALL_BUT_SIGN = 0x7FFFFFFF;

  private SortableFloat() {}

  /** The image of a float that is not NaN. -0.0 and 0.0, which compare as equal, have one image. */
  static int of(float value) {
    int bits = Float.floatToRawIntBits(value + 0.0f);
    return bits ^ ((bits >> 31) & ALL_BUT_SIGN);
  }

  /**
   * The image of the greatest float that is not above a double: for every float threshold, {@code
   * value >= threshold} if and only if this is at least the threshold's image. Rounding to the
   * nearest float instead would send values just below a threshold to its right.
   */
  static int floorOf(double value) {
    float nearest = (float) value;
    // One below the image of 0.0 is the unused one of -0.0: it does no harm there.
    return of(nearest) - (nearest > value ? 1 : 0);
  }
}
