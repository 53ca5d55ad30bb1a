package dev.flagstream.udf.model;

import dev.flagstream.udf.FunctionSettings;
import dev.flagstream.udf.FunctionSettings.Setting;
import dev.flagstream.udf.NearMiss;
import dev.flagstream.udf.model.store.HttpAddress;
import dev.flagstream.udf.model.store.S3Address;
import dev.flagstream.udf.model.store.StoreAddress;
import dev.flagstream.udf.model.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The models of the directory that the setting {@code model.dir} names, each in a directory of its
 * name, or of the store ({@code https://…}, {@code s3://…}) that it names. All of them are verified
 * before the first row is scored: a query whose models do not hold does not start. Immutable and
 * thread-safe.
 */
final class ModelDirectory {

  private static final String MODEL_DIR = "model.dir";
  private static final String CACHE = "model.cache";
  private static final String PATIENCE = "model.patience.seconds";
  private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(5);

  private static final Set<String> SETTINGS =
      Set.of(MODEL_DIR, CACHE, PATIENCE, S3Address.ENDPOINT, S3Address.REGION);

  /**
   * The bundles that are in use, by their directories. A bundle is read once for as long as the
   * server runs, so that all functions of all queries agree on the version, whenever they started.
   */
  private static final Map<Path, ModelBundle> IN_USE = new ConcurrentHashMap<>();

  /** The versions in use of each store, for the same reason. */
  private static final Map<String, List<Path>> OF_STORES = new HashMap<>();

  private final String directory;
  private final Map<String, ModelBundle> models;

  private ModelDirectory(String directory, Map<String, ModelBundle> models) {
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
    FunctionSettings settings = new FunctionSettings(functionName, SETTINGS, properties);
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
    return StoreAddress.isOne(setting.value()) ? ofStore(setting, settings) : ofDirectory(setting);
  }

  private static ModelDirectory ofDirectory(Setting setting) {
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
      return new ModelDirectory(directory.toString(), models);
    } catch (IOException | InvalidPathException e) {
      throw setting.invalid("cannot be read as a directory of models (" + e + ")");
    }
  }

  private static ModelDirectory ofStore(Setting setting, FunctionSettings settings) {
    Map<String, ModelBundle> models = new HashMap<>();
    for (Path bundle : copies(setting, settings)) {
      ModelBundle model = IN_USE.computeIfAbsent(bundle, ModelBundle::read);
      models.put(model.name(), model);
    }
    if (models.isEmpty()) {
      throw setting.invalid("its " + BundleStore.INDEX + " names no model");
    }
    return new ModelDirectory(setting.value(), models);
  }

  /** While one function waits for the store, the others wait for it: they all need the same. */
  private static List<Path> copies(Setting setting, FunctionSettings settings) {
    synchronized (OF_STORES) {
      List<Path> copies = OF_STORES.get(setting.value());
      if (copies == null) {
        Path cache = cache(settings);
        StoreAddress address = address(setting, settings);
        StoreReader reader =
            new StoreReader(
                address,
                patience(settings),
                System::nanoTime,
                time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
        try {
          copies = new BundleStore(address, reader, cache).bundles();
        } catch (IOException e) {
          throw setting.invalid(
              "cannot be copied to %s (%s); name another folder in ksql.functions._global_.%s"
                  .formatted(cache, e, CACHE));
        }
        OF_STORES.put(setting.value(), copies);
      }
      return copies;
    }
  }

  private static StoreAddress address(Setting setting, FunctionSettings settings) {
    try {
      return setting.value().toLowerCase(Locale.ROOT).startsWith("s3:")
          ? S3Address.of(setting.value(), settings, System::getenv)
          : HttpAddress.of(setting.value());
    } catch (IllegalArgumentException e) {
      throw setting.invalidSecret(e.getMessage());
    }
  }

  private static Path cache(FunctionSettings settings) {
    return settings
        .find(CACHE)
        .map(Setting::value)
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "flagstream", "models"))
        .toAbsolutePath();
  }

  private static Duration patience(FunctionSettings settings) {
    return settings
        .find(PATIENCE)
        .map(
            setting -> {
              if (!setting.value().matches("[0-9]{1,6}")) {
                throw setting.invalid("must be a number of seconds");
              }
              return Duration.ofSeconds(Long.parseLong(setting.value()));
            })
        .orElse(DEFAULT_PATIENCE);
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
