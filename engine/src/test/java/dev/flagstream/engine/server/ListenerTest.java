package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerTest {

  @Test
  void listensOnLoopbackByDefault() {
    assertThat(Listener.of(Map.of())).isEqualTo(new Listener("127.0.0.1", 8088, false));
  }

  @Test
  void namesTheReachableAddressOfAListenerOnAllInterfaces() {
    Listener listener = Listener.of(Map.of("listeners", "http://0.0.0.0:0"));

    assertThat(listener.uri(4711)).hasToString("http://127.0.0.1:4711");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://127.0.0.1:8088                    | only http and https are supported",
        "http://127.0.0.1                        | host and port are needed",
        "http://127.0.0.1:70000                  | host and port are needed",
        "http://127.0.0.1:1,http://127.0.0.1:2   | more than one listener is not supported",
        "http://bad host:1                       | Illegal character",
      })
  void refusesByKeyValueAndReason(String value, String reason) {
    assertThatThrownBy(() -> Listener.of(Map.of("listeners", value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("listeners='" + value)
        .hasMessageContaining(reason);
  }
}
