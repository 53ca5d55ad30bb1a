package io.confluent.ksql.function.udaf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The arguments of an aggregate function's variable-length parameter; they may be null. */
public class VariadicArgs<T> implements Iterable<T> {

  private final List<T> values;

  public VariadicArgs(List<T> values) {
    this.values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** The argument at a position from 0. */
  public T get(int index) {
    return values.get(Objects.checkIndex(index, values.size()));
  }

  public int size() {
    return values.size();
  }

  public Stream<T> stream() {
    return values.stream();
  }

  @Override
  public Iterator<T> iterator() {
    return values.iterator();
  }
}
