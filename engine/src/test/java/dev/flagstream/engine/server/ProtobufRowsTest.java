package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import dev.flagstream.engine.type.SqlType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as protocol buffers. */
class ProtobufRowsTest {

  @Test
  void refusesByNameWhatItCannotWrite() {
    List<ResultColumn> columns =
        List.of(
            new ResultColumn("CARD", SqlType.STRING, true),
            new ResultColumn("AT", SqlType.TIMESTAMP, false));

    assertThatThrownBy(() -> new ProtobufRows(columns))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageStartingWith("Protobuf for results with")
        .hasMessageEndingWith("Column AT is of type TIMESTAMP.");
  }

  @Test
  void writesColumnsInOrderWithoutWhatIsNullZeroOrEmpty() {
    ProtobufRows rows =
        new ProtobufRows(
            List.of(
                new ResultColumn("CARD", SqlType.STRING, true),
                new ResultColumn("a name with spaces", SqlType.INTEGER, false),
                new ResultColumn("TOTAL", SqlType.BIGINT, false),
                new ResultColumn("AMOUNT", SqlType.DOUBLE, false),
                new ResultColumn("FRAUD", SqlType.BOOLEAN, false),
                new ResultColumn("RAW", SqlType.BYTES, false)));

    assertThat(rows.schema())
        .isEqualTo(
            """
            syntax = "proto3";

            message ConnectDefault1 {
              string CARD = 1;
              int32 a name with spaces = 2;
              int64 TOTAL = 3;
              double AMOUNT = 4;
              bool FRAUD = 5;
              bytes RAW = 6;
            }
            """);
    assertThat(hex(rows, "4é", -1, 300L, -0.0, true, ByteBuffer.wrap(new byte[] {1, 2})))
        .isEqualTo(
            "0a0334c3a9" // the number of a field and its kind, the length, the text
                + "10ffffffffffffffffff01"
                + "18ac02"
                + "210000000000000080"
                + "2801"
                + "32020102");
    assertThat(hex(rows, "\ud800", 0, 0L, 0.0, false, null)).isEqualTo("0a013f");
    assertThat(hex(rows, "", 0, 0L, 0.0, false, ByteBuffer.allocate(0))).isEmpty();
    assertThat(hex(rows, null, null, null, null, null, null)).isEmpty();
  }

  @Test
  void packsArraysOfNumbersAndWritesOtherElementsOneByOne() {
    ProtobufRows rows =
        new ProtobufRows(
            List.of(
                new ResultColumn("COUNTS", new SqlType.Array(SqlType.INTEGER), false),
                new ResultColumn("CITIES", new SqlType.Array(SqlType.STRING), false)));

    assertThat(rows.schema()).contains("repeated int32 COUNTS = 1;", "repeated string CITIES = 2;");
    assertThat(hex(rows, Arrays.asList(1, null, 300), Arrays.asList("a", null, "b")))
        .isEqualTo("0a040100ac02" + "120161" + "1200" + "120162");
    assertThat(hex(rows, List.of(), List.of())).isEmpty();
  }

  private static String hex(ProtobufRows rows, Object... values) {
    return HexFormat.of().formatHex(rows.write(values));
  }
}
