package dev.flagstream.engine.type;

import dev.flagstream.engine.SqlException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a row: its key, then its value, each in order.
 *
 * <p>At run time a row is two {@code Object[]}: {@code key[i]} belongs to {@code key().get(i)} and
 * {@code value[i]} to {@code value().get(i)}. Columns read from Kafka headers are, once read, value
 * columns of namespace {@code HEADERS} and take their place in {@code value()}.
 *
 * @param declared all columns in the order in which a statement that declares them has them, which
 *     is that of INSERT VALUES without names and of what is told of a stream or table
 */
public record RowSchema(List<Column> key, List<Column> value, List<Column> declared) {

  private static final int MOST_COLUMNS = 10_000;

  public RowSchema {
    key = List.copyOf(key);
    value = List.copyOf(value);
    declared = List.copyOf(declared);
    if ((long) key.size() + value.size() > MOST_COLUMNS) {
      throw new SqlException(
          "A row has %d columns at most, not %d."
              .formatted(MOST_COLUMNS, key.size() + value.size()));
    }
  }

  /** The columns of a row that no statement declares: key first. */
  public RowSchema(List<Column> key, List<Column> value) {
    this(key, value, Stream.concat(key.stream(), value.stream()).toList());
  }

  /** All columns, key first. */
  public List<Column> columns() {
    return Stream.concat(key.stream(), value.stream()).toList();
  }

  /** The column of exactly this name; a key column wins over a value column. */
  public Optional<Column> find(String name) {
    return find(name, key).or(() -> find(name, value));
  }

  private static Optional<Column> find(String name, List<Column> columns) {
    for (Column column : columns) {
      if (column.name().equals(name)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** How ksqlDB prints a schema: {@code `ID` STRING KEY, `AMOUNT` DOUBLE}. */
  @Override
  public String toString() {
    return declared.stream().map(Column::toString).collect(Collectors.joining(", "));
  }
}
