package dev.flagstream.engine.function.builtin.aggregate;

/** The largest or smallest value of a group, NULL of an empty one. */
final class Extreme<T extends Comparable<? super T>> extends SameTypes<T> {

  private final int sign;

  private Extreme(int sign) {
    this.sign = sign;
  }

  static <T extends Comparable<? super T>> Extreme<T> largest() {
    return new Extreme<>(1);
  }

  static <T extends Comparable<? super T>> Extreme<T> smallest() {
    return new Extreme<>(-1);
  }

  @Override
  public T initialize() {
    return null;
  }

  @Override
  public T aggregate(T current, T extreme) {
    return current == null ? extreme : merge(extreme, current);
  }

  @Override
  public T merge(T one, T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return sign * other.compareTo(one) > 0 ? other : one;
  }
}
