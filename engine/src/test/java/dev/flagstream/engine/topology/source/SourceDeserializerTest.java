package dev.flagstream.engine.topology.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.topology.RecordingLog;
import dev.flagstream.engine.topology.log.ProcessingLog.RecordPart;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values of a source whose bytes are kept beside them, for a row without a time. */
class SourceDeserializerTest {

  private static final int BYTES_SLOT = 1;
  private static final Format BARE_JSON =
      new Format(Format.Kind.JSON, Map.of(), Optional.of(false));

  private final RecordingLog log = new RecordingLog();

  private Object[] read(String value) {
    RowReader reader =
        RowFormats.valueReader(
            BARE_JSON,
            new ColumnLayout(List.of(Column.value("AT", SqlType.BIGINT)), List.of(0), 2));
    return new SourceDeserializer(
            reader, HeaderColumns.NONE, BYTES_SLOT, RecordPart.VALUE, log, "logger")
        .deserialize("topic", value.getBytes(UTF_8));
  }

  @Test
  void keepsTheBytesBesideTheColumns() {
    Object[] row = read("5");

    assertThat(row[0]).isEqualTo(5L);
    assertThat((byte[]) row[BYTES_SLOT]).isEqualTo("5".getBytes(UTF_8));
  }

  @Test
  void readsABareNullAsARecordWithoutAValue() {
    assertThat(read("null")).isNull();
    assertThat(log.entries).isEmpty();
  }
}
