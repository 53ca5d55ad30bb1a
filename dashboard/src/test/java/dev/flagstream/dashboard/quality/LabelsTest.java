package dev.flagstream.dashboard.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  private void note(String id, boolean fraud) {
    labels.note(JsonNodeFactory.instance.arrayNode().add(id).add(fraud));
  }
}
