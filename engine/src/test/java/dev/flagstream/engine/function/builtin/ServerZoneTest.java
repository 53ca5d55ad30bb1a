package dev.flagstream.engine.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What depends on where the server is, and what does not. */
class ServerZoneTest {

  private final TimeZone zoneBefore = TimeZone.getDefault();

  @BeforeEach
  void moveToNewYork() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterEach
  void moveBack() {
    TimeZone.setDefault(zoneBefore);
  }

  private static Object value(String sql) {
    return SqlExpression.of(sql).value();
  }

  @Test
  void functionsOverMillisecondsTakeTheServersZone() {
    assertThat(value("STRINGTOTIMESTAMP('1970-01-01', 'yyyy-MM-dd')")).isEqualTo(18_000_000L);
    assertThat(value("TIMESTAMPTOSTRING(0, 'yyyy-MM-dd HH:mm')")).isEqualTo("1969-12-31 19:00");
  }

  @Test
  void aZoneInTheTextOrTheCallIsTaken() {
    assertThat(value("STRINGTOTIMESTAMP('1970-01-01 UTC', 'yyyy-MM-dd z')")).isEqualTo(0L);
    assertThat(value("STRINGTOTIMESTAMP('1970-01-01', 'yyyy-MM-dd', 'UTC')")).isEqualTo(0L);
    assertThat(value("TIMESTAMPTOSTRING(0, 'HH:mm', 'UTC')")).isEqualTo("00:00");
  }

  @Test
  void theTypesOfTimeAreInUtcEverywhere() {
    assertThat(value("UNIX_TIMESTAMP(PARSE_TIMESTAMP('1970-01-01', 'yyyy-MM-dd'))")).isEqualTo(0L);
    assertThat(value("FORMAT_TIMESTAMP(FROM_UNIXTIME(0), 'HH:mm')")).isEqualTo("00:00");
    assertThat(value("CAST(FROM_UNIXTIME(0) AS STRING)")).isEqualTo("1970-01-01T00:00:00.000");
    assertThat(value("UNIX_TIMESTAMP(CAST('1970-01-01T00:00:00' AS TIMESTAMP))")).isEqualTo(0L);
    assertThat(value("UNIX_DATE(PARSE_DATE('1970-01-02', 'yyyy-MM-dd'))")).isEqualTo(1);
    assertThat(value("FORMAT_DATE(FROM_DAYS(1), 'yyyy-MM-dd')")).isEqualTo("1970-01-02");
    assertThat(value("CAST(CAST('10:20:30' AS TIME) AS STRING)")).isEqualTo("10:20:30");
    assertThat(value("CAST(CAST(FROM_UNIXTIME(0) AS DATE) AS STRING)")).isEqualTo("1970-01-01");
  }
}
