package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionTopicTest {

  @Test
  void namesTheAddressWhereNoBrokerAnswersAndWhatToDo() throws IOException {
    // Bound but never accepting Kafka's requests, so that no one else can take the port.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();

      assertThatThrownBy(
              () ->
                  TransactionTopic.createIfMissing(
                      KafkaSettings.of(address),
                      TransactionTopic.eventTopic("transactions"),
                      Duration.ofSeconds(1)))
          .isInstanceOf(KafkaAccessException.class)
          .hasMessageContaining(address)
          .hasMessageContaining("make demo")
          .hasMessageContaining("--bootstrap-servers")
          .hasMessageContaining("--config");
    }
  }

  @Test
  void namesAnAddressThatIsNone() {
    assertThatThrownBy(
            () -> TransactionTopic.createIfMissing(KafkaSettings.of("nonsense"), "transactions"))
        .isInstanceOf(KafkaAccessException.class)
        .hasMessageContaining("nonsense")
        .hasMessageContaining("--bootstrap-servers");
  }
}
