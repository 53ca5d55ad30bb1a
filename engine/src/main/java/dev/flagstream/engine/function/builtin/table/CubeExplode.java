package dev.flagstream.engine.function.builtin.table;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import java.util.ArrayList;
import java.util.List;

/** {@code CUBE_EXPLODE}. */
@UdtfDescription(
    name = "cube_explode",
    description =
        "One row for each combination of keeping elements of an array or setting them to NULL; elements that are NULL make no difference.")
public class CubeExplode {

  @Udtf
  public <T> List<List<T>> cubeExplode(@UdfParameter("columns") List<T> columns) {
    if (columns == null) {
      return List.of();
    }
    List<List<T>> rows = List.of(new ArrayList<>());
    for (T column : columns) {
      rows = extended(rows, column);
    }
    return rows;
  }

  private static <T> List<List<T>> extended(List<List<T>> rows, T column) {
    long longer = rows.size() * (column == null ? 1L : 2L);
    RowBudget.elements("CUBE_EXPLODE", longer * (rows.get(0).size() + 1));
    List<List<T>> extended = new ArrayList<>();
    for (List<T> row : rows) {
      extended.add(with(row, null));
      if (column != null) {
        extended.add(with(row, column));
      }
    }
    return extended;
  }

  private static <T> List<T> with(List<T> row, T column) {
    List<T> longer = new ArrayList<>(row);
    longer.add(column);
    return longer;
  }
}
