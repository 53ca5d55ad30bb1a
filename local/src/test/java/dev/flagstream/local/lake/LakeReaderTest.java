package dev.flagstream.local.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions of people, to a lake that they may not change. */
class LakeReaderTest {

  @TempDir private Path folder;
  private LakeReader lake;
  private Path table;

  @BeforeEach
  void writeADecision() throws IOException, SQLException {
    Path root = folder.resolve("it's a lake");
    table = Files.createDirectories(root.resolve("decisions/day=2026-01-02"));
    lake =
        Lakes.reader(
            new StackSettings(Path.of(".."), folder, FreePorts.pick()).withLake(), root.toString());
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'a' AS transaction_id, 1.25 AS amount) TO '%s' (FORMAT parquet)"
              .formatted(table.resolve("a.parquet").toString().replace("'", "''")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT transaction_id, amount, 'it''s' FROM decisions",
        " SELECT transaction_id, amount, 'it''s' FROM decisions ; ",
        "WITH all_of AS (FROM decisions) SELECT transaction_id, amount, 'it''s' FROM all_of -- done",
      })
  void areAnswered(String query) throws SQLException {
    assertThat(ask(query)).containsExactly("a 1.25 it's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO 'FOLDER/evil.parquet'",
        "SELECT 1; COPY (SELECT 1) TO 'FOLDER/evil.parquet'",
        "SELECT 1) ; COPY (SELECT 1) TO 'FOLDER/evil.parquet'; SELECT * FROM (SELECT 1",
        "ATTACH 'FOLDER/evil.parquet' AS evil",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('/etc/passwd', sep = '|')",
        "SELECT * FROM read_text('../pom.xml')",
        "INSTALL httpfs",
        "SELECT nothing FROM decisions",
        "",
      })
  void areRefusedIfTheyDoMoreThanReadTheLake(String query) throws IOException {
    String meant = query.replace("FOLDER", table.toString().replace("'", "''"));

    assertThatThrownBy(() -> ask(meant)).isInstanceOf(SQLException.class);

    try (Stream<Path> files = Files.list(table)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void mayChangeNothingForTheNextOne() throws SQLException {
    assertThatThrownBy(() -> ask("DROP VIEW decisions")).isInstanceOf(SQLException.class);
    assertThat(ask("SELECT count(*) FROM decisions")).containsExactly("1");
  }

  private List<String> ask(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    lake.ask(
        query,
        rows -> {
          while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              cells.add(rows.getString(i));
            }
            found.add(String.join(" ", cells));
          }
        });
    return found;
  }
}
