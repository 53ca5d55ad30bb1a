package dev.flagstream.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.function.builtin.SqlExpression;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedClassesTest {

  private static final Column A = Column.value("A", SqlType.INTEGER);
  private static final Column B = Column.value("B", SqlType.INTEGER);
  private static final RowSchema ROW = new RowSchema(List.of(), List.of(A, B));

  @TempDir private Path folder;

  @Test
  void aStartUsesWhatAnEarlierOneKept() throws IOException {
    value(A, true);
    Path ofA = onlyFile();
    Files.move(ofA, folder.resolve("aside"));
    value(B, true);
    Path ofB = onlyFile();
    // That the answer is the other column's shows that the kept class was asked.
    Files.move(ofB, ofA, StandardCopyOption.REPLACE_EXISTING);

    assertThat(value(A, false)).isEqualTo(-2);
  }

  @Test
  void nothingIsKeptUnlessAsked() throws IOException {
    assertThat(value(A, false)).isEqualTo(-1);
    assertThat(files()).isEmpty();
  }

  @Test
  void aDamagedFileIsCompiledAgain() throws IOException {
    value(A, true);
    Files.writeString(onlyFile(), "no class");

    assertThat(value(A, false)).isEqualTo(-1);
  }

  @Test
  void aFunctionOverElementsHasAClassOfItsOwn() {
    TypedExpression doubled = SqlExpression.of("TRANSFORM(ARRAY[1, 2], x => x * 2)").meaning();

    assertThat(value(doubled, true)).isEqualTo(List.of(2, 4));
    assertThat(value(doubled, false)).isEqualTo(List.of(2, 4));
  }

  /** The negated column, of a row that holds 1 and 2. */
  private Object value(Column column, boolean keep) {
    return value(
        new TypedExpression.Negate(
            new TypedExpression.ColumnReference(column.name(), column.type())),
        keep);
  }

  /** By a compiler of a start of its own. */
  private Object value(TypedExpression expression, boolean keep) {
    return new ExpressionCompiler(Map.of(), new GeneratedClasses(Optional.of(folder), keep))
        .compile(List.of(expression), ROW, (failed, error) -> {})
        .evaluate(new Object[0], new Object[] {1, 2})[0];
  }

  private Path onlyFile() throws IOException {
    List<Path> found = files();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".classes")).toList();
    }
  }
}
