package dev.flagstream.udf.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code make features} writes them anew; review the difference like code. */
class FeatureFilesTest {

  private static final Path PROJECT = Path.of("..");

  @Test
  void scriptsSinksAndDocumentsHaveTheFeaturesAsTheyAreDeclared() throws IOException {
    if (Boolean.getBoolean("flagstream.rewrite")) {
      FeatureFiles.main(new String[] {PROJECT.toString()});
    }

    for (Map.Entry<Path, String> file : FeatureFiles.expected(PROJECT).entrySet()) {
      assertThat(Files.readString(file.getKey()))
          .as("%s; make features writes it anew", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void everyPlaceThatListsFeaturesIsWrittenFromTheDeclaration() throws IOException {
    Map<Path, String> files = FeatureFiles.expected(PROJECT);

    for (TransactionFeature feature : TransactionFeature.values()) {
      assertThat(files.values())
          .as("files that name " + feature.lowerCaseName())
          .filteredOn(text -> text.contains(feature.lowerCaseName()))
          .hasSizeGreaterThanOrEqualTo(6);
    }
  }
}
