package dev.flagstream.generator.replay.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "2018-04-01 00:00:31, 2018-04-01T00:00:31Z",
    "2018-04-01T00:00:31, 2018-04-01T00:00:31Z",
    "2018-04-01T23:59, 2018-04-01T23:59:00Z",
    "2018-04-01T23:59Z, 2018-04-01T23:59:00Z",
    "2018-04-01T10:00:00+02:00, 2018-04-01T08:00:00Z",
    "2018-04-01T10:00:00-05:30, 2018-04-01T15:30:00Z",
    "2018-04-01 10:00:00.5, 2018-04-01T10:00:00.500Z",
    "2018-04-01 10:00:00.123456789Z, 2018-04-01T10:00:00.123Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "2020-02-29 00:00:00, 2020-02-29T00:00:00Z",
  })
  void readsPointsInTime(String text, Instant expected) {
    assertThat(Instant.ofEpochMilli(DateTimeText.toEpochMs(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2018-04-01",
        "2018-02-30 00:00:00",
        "2018-04-01 24:00:00",
        "2018-04-01 00:60:00",
        "2018-04-01 00:00:",
        "2018-04-01 00:00:3",
        "2018-04-01 00:00:61",
        "2018-04-01 00:00:00.",
        "2018-04-01 00:00:00+2",
        "2018-04-01 00:00:00+19:00",
        "2018-04-01 00:00:00*02:00",
        "2018-04-01_00:00:00",
        "2018/04/01 00:00:00",
        "01.04.2018 00:00:00",
        "2018-04-01 0x:00:00",
        "12345678901234567890",
        "tomorrow at noon, or so"
      })
  void takesNothingElseForOne(String text) {
    assertThat(DateTimeText.toEpochMs(text)).isEqualTo(DateTimeText.NONE);
  }

  @Test
  void readsDates() {
    assertThat(DateTimeText.toDate("1988-03-09")).hasToString("1988-03-09");
    assertThat(DateTimeText.toDate("1988-02-30")).isNull();
    assertThat(DateTimeText.toDate("1988-3-9")).isNull();
    assertThat(Instant.ofEpochMilli(DateTimeText.dateToEpochMs("1988-03-09")))
        .isEqualTo(Instant.parse("1988-03-09T00:00:00Z"));
    assertThat(DateTimeText.dateToEpochMs("9 March 88")).isEqualTo(DateTimeText.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-04-01 10:00:00.123, false",
    "2018-04-01 10:00:00.123000Z, false",
    "2018-04-01 10:00:00.1230001, true",
    "2018-04-01 10:00:00.1230001+02:00, true",
    "2018-04-01 10:00:00.1+02:00, false",
    "2018-04-01 10:00:00.12-05:30, false",
    "2018-04-01 10:00:00.123+02:00, false",
    "2018-04-01 10:00:00, false"
  })
  void tellsWhatMillisecondsWouldLose(String text, boolean finer) {
    assertThat(DateTimeText.isFinerThanMs(text)).isEqualTo(finer);
  }
}
