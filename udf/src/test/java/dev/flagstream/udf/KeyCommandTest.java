package dev.flagstream.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CardTokenTest} has what becomes of what is printed. */
class KeyCommandTest {

  private static final String PROPERTY = "ksql.functions.card_token.key.command";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 600", // silent, and does not end
        "echo half of a key; exec sleep 600",
        "exec >&-; exec sleep 600", // has closed its output, and does not end
        "yes" // prints for ever
      })
  @Timeout(60)
  void isGivenUpAfterItsTime(String text) {
    KeyCommand command = new KeyCommand(new Setting(PROPERTY, text), Duration.ofSeconds(1));

    assertThatThrownBy(command::printed)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(PROPERTY + " = " + text + ": has not ended after 1 s");
  }

  @Test
  void saysWhatItPrinted() {
    KeyCommand command =
        new KeyCommand(new Setting(PROPERTY, "echo one; echo two"), Duration.ofSeconds(60));

    assertThat(command.printed()).isEqualTo("one\ntwo\n");
  }
}
