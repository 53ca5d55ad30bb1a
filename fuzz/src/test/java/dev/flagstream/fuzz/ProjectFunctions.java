package dev.flagstream.fuzz;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** All functions that the pipeline's server has, and their settings. */
final class ProjectFunctions {

  /** Of the functions of the UDF jar. */
  static final String CATEGORY = "FRAUD";

  private static final Path UDF_JAR = ProjectFiles.ROOT.resolve("udf/target/flagstream-udf.jar");

  static final Map<String, String> SETTINGS =
      Map.of(
          "ksql.functions._global_.model.dir",
          ProjectFiles.ROOT.resolve("models").toString(),
          "ksql.functions.card_token.key.file",
          keyFile().toString());

  private ProjectFunctions() {}

  static FunctionCatalog catalog() {
    try {
      Path folder = ProjectFiles.temporary("functions");
      Files.copy(UDF_JAR, folder.resolve(UDF_JAR.getFileName()));
      return FunctionLoader.load(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Build the UDF jar with: make build", e);
    }
  }

  private static Path keyFile() {
    try {
      Path key = ProjectFiles.temporary("key").resolve("card-token.key");
      Files.writeString(key, "0f".repeat(32));
      key.toFile().setReadable(false, false);
      key.toFile().setReadable(true, true);
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
