package dev.flagstream.udf.model;

import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.FunctionSettings.Setting;
import dev.flagstream.udf.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The models of the directory that the setting {@code model.dir} names, each in a directory of its
 * name. All of them are verified before the first row is scored: a query whose models do not hold
 * does not start. Immutable and thread-safe.
 */
final class ModelDirectory {

  private static final String MODEL_DIR = "model.dir";

  /**
   * The bundles that are in use, by their directories. A bundle is read once for as long as the
   * server runs, so that all functions of all queries agree on the version, whenever they started.
   */
  private static final Map<Path, ModelBundle> IN_USE = new ConcurrentHashMap<>();

  private final Path directory;
  private final Map<String, ModelBundle> models;

  private ModelDirectory(Path directory, Map<String, ModelBundle> models) {
    this.directory = directory;
    this.models = Map.copyOf(models);
  }

  /**
   * The models that a function's settings name.
   *
   * @throws IllegalArgumentException naming the property if it is not set or names no directory
   *     with models
   * @throws UnusableModelException if a model there does not hold
   */
  static ModelDirectory configured(String functionName, Map<String, ?> properties) {
    FunctionSettings settings = new FunctionSettings(functionName, Set.of(MODEL_DIR), properties);
    Setting setting =
        settings
            .find(MODEL_DIR)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        settings.ownProperty(MODEL_DIR)
                            + " or ksql.functions._global_."
                            + MODEL_DIR
                            + " is not set: it names the directory of the models"));
    try {
      Path directory = Path.of(setting.value()).toRealPath();
      Map<String, ModelBundle> models = new HashMap<>();
      for (Path bundle : bundles(directory)) {
        ModelBundle model = IN_USE.computeIfAbsent(bundle, ModelBundle::read);
        models.put(model.name(), model);
      }
      if (models.isEmpty()) {
        throw setting.invalid("there is no directory with a " + ModelBundle.MANIFEST + " in it");
      }
      return new ModelDirectory(directory, models);
    } catch (IOException | InvalidPathException e) {
      throw setting.invalid("cannot be read as a directory of models (" + e + ")");
    }
  }

  private static List<Path> bundles(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(ModelBundle.MANIFEST)))
          .sorted()
          .toList();
    }
  }

  /**
   * The model of a name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  ModelBundle get(String name) {
    ModelBundle model = models.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "there is no model %s in %s, only %s: did you mean %s?"
              .formatted(
                  name,
                  directory,
                  String.join(", ", new TreeSet<>(models.keySet())),
                  NearMiss.closest(name, models.keySet()).orElseThrow()));
    }
    return model;
  }
}
