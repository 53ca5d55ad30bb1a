package dev.flagstream.dashboard.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private final Labels labels = new Labels();

  @Test
  void theLatestOfATransactionCounts() {
    note("a", true);
    note("b", true);
    note("a", false);

    assertThat(labels.isFraud("a")).isFalse();
    assertThat(labels.isFraud("b")).isTrue();
    assertThat(labels.isFraud("c")).isFalse();
    assertThat(labels.frauds()).isEqualTo(1);
  }

  @Test
  void theOldestAreForgottenWhenThereAreTooMany() {
    note("first", true);
    for (int i = 0; i < Labels.MOST; i++) {
      note("other-" + i, false);
    }

    assertThat(labels.isFraud("first")).isFalse();
  }

  @Test
  void rowsWithoutIdOrVerdictSayNothing() {
    labels.note(JsonNodeFactory.instance.arrayNode().addNull().add(true));
    labels.note(JsonNodeFactory.instance.arrayNode().add("a").addNull());

    assertThat(labels.frauds()).isZero();
  }

  @Test
  void fraudsOfAnHourAreThoseOfTransactionsMadeInIt() {
    Instant noon = Instant.parse("2026-03-05T12:00:00Z");
    note("a", true, noon);
    note("b", true, noon.plusSeconds(3_599));
    note("c", true, noon.plusSeconds(3_600));
    note("d", false, noon);
    note("b", true, noon.plusSeconds(3_599));

    assertThat(labels.fraudsByHour()).isEqualTo(Map.of(noon, 2L, noon.plusSeconds(3_600), 1L));
  }

  private void note(String id, boolean fraud, Instant time) {
    labels.note(JsonNodeFactory.instance.arrayNode().add(id).add(fraud).add(time.toEpochMilli()));
  }

  private void note(String id, boolean fraud) {
    labels.note(JsonNodeFactory.instance.arrayNode().add(id).add(fraud));
  }
}
