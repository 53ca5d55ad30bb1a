package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import dev.flagstream.engine.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as protocol buffers. */
class ProtobufRowsTest {

  @Test
  void refusesByNameWhatItCannotWrite() {
    var columns =
        List.of(
            new ResultColumn("CARD", SqlType.STRING, true),
            new ResultColumn("AT", SqlType.TIMESTAMP, false));

    assertThatThrownBy(() -> new ProtobufRows(columns))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageStartingWith("Protobuf for results with")
        .hasMessageEndingWith("Column AT is of type TIMESTAMP.");
  }
}
