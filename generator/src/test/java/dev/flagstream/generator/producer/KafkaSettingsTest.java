package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

  @TempDir private Path folder;

  @Test
  void writesSafelyAndToTheOwnMachineByDefault() {
    KafkaSettings settings = KafkaSettings.of(Optional.empty(), Optional.empty());

    assertThat(settings.forProducer())
        .contains(
            entry("bootstrap.servers", "127.0.0.1:9092"),
            entry("acks", "all"),
            entry("enable.idempotence", "true"),
            entry("compression.type", "lz4"));
  }

  @Test
  void letsTheFileWinOverTheDefaults() throws IOException {
    KafkaSettings settings =
        KafkaSettings.of(Optional.of(file("linger.ms=5\ncompression.type=zstd")), Optional.empty());

    assertThat(settings.forProducer())
        .contains(entry("linger.ms", "5"), entry("compression.type", "zstd"), entry("acks", "all"));
  }

  @Test
  void letsTheCommandLineWinOverTheFile() throws IOException {
    KafkaSettings settings =
        KafkaSettings.of(
            Optional.of(file("bootstrap.servers=file:1")), Optional.of("commandline:2"));

    assertThat(settings.bootstrapServers()).isEqualTo("commandline:2");
    assertThat(settings.forAdmin()).containsEntry("bootstrap.servers", "commandline:2");
    assertThat(settings.forProducer()).containsEntry("bootstrap.servers", "commandline:2");
  }

  @Test
  void takesTheServersOfTheFileWhenTheCommandLineHasNone() throws IOException {
    KafkaSettings settings =
        KafkaSettings.of(Optional.of(file("bootstrap.servers=file:1")), Optional.empty());

    assertThat(settings.bootstrapServers()).isEqualTo("file:1");
  }

  @Test
  void passesSecuritySettingsToProducerAndAdmin() throws IOException {
    KafkaSettings settings =
        KafkaSettings.of(
            Optional.of(file("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN")),
            Optional.empty());

    assertThat(settings.forProducer())
        .contains(entry("security.protocol", "SASL_SSL"), entry("sasl.mechanism", "PLAIN"));
    assertThat(settings.forAdmin())
        .contains(entry("security.protocol", "SASL_SSL"), entry("sasl.mechanism", "PLAIN"));
  }

  @Test
  void namesAFileThatDoesNotExist() {
    Path missing = folder.resolve("missing.properties");

    assertThatThrownBy(() -> KafkaSettings.of(Optional.of(missing), Optional.empty()))
        .isInstanceOf(KafkaAccessException.class)
        .hasMessage("the configuration file " + missing + " does not exist");
  }

  private Path file(String properties) throws IOException {
    return Files.writeString(folder.resolve("client.properties"), properties);
  }
}
