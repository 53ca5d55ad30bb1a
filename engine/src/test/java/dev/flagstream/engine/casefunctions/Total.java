package dev.flagstream.engine.casefunctions;

import io.confluent.ksql.function.udaf.TableUdaf;
import java.util.function.ToLongFunction;

/** Adds up a number of each row; a row that is taken back is subtracted. */
final class Total<I> implements TableUdaf<I, Long, Long> {

  private final long initial;
  private final ToLongFunction<I> number;

  Total(long initial, ToLongFunction<I> number) {
    this.initial = initial;
    this.number = number;
  }

  /** How many characters there are in all; NULL has none. */
  static long lengths(Iterable<String> texts) {
    long sum = 0;
    for (String text : texts) {
      sum += text == null ? 0 : text.length();
    }
    return sum;
  }

  static long orZero(Number number) {
    return number == null ? 0 : number.longValue();
  }

  @Override
  public Long initialize() {
    return initial;
  }

  @Override
  public Long aggregate(I row, Long sum) {
    return sum + number.applyAsLong(row);
  }

  @Override
  public Long undo(I row, Long sum) {
    return sum - number.applyAsLong(row);
  }

  @Override
  public Long merge(Long one, Long other) {
    return one + other - initial;
  }

  @Override
  public Long map(Long sum) {
    return sum;
  }
}
