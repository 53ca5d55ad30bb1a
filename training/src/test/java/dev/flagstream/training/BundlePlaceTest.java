package dev.flagstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.client.commandline.CommandLines;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BundlePlaceTest {

  @Test
  void modelsOfAFileStayApartFromThoseOfThePipelineUnlessAFolderIsGiven() {
    assertThat(bundlesOf("--data=creditcard.csv")).hasToString("target/models");
    assertThat(bundlesOf("--data=creditcard.csv", "--out=mine")).hasToString("mine");
    assertThat(bundlesOf()).hasToString("models");
    assertThat(bundlesOf("--from-topics")).hasToString("models");
  }

  private static Path bundlesOf(String... arguments) {
    TrainCommand command = new TrainCommand();
    CommandLines.of(command).parseArgs(arguments);
    return command.bundles();
  }
}
