package dev.flagstream.engine.statement.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The name and password for a Connect worker that asks for them: {@code username} and {@code
 * password} in a file of properties, as ksqlDB has them. Thread-safe.
 */
public final class ConnectCredentials {

  static final String SOURCE = "ksql.connect.basic.auth.credentials.source";
  static final String FILE = "ksql.connect.basic.auth.credentials.file";
  static final String RELOAD = "ksql.connect.basic.auth.credentials.reload";

  /** For a worker that asks nobody. */
  public static final ConnectCredentials NONE = new ConnectCredentials(null, "", false);

  private final Path file;
  private final String atStart;
  private final boolean reloads;

  private ConnectCredentials(Path file, String atStart, boolean reloads) {
    this.file = file;
    this.atStart = atStart;
    this.reloads = reloads;
  }

  /**
   * Reads them where the settings say.
   *
   * @throws ConfigurationException naming the setting that is wrong, or the file that cannot be
   *     read or lacks a name or a password
   */
  static ConnectCredentials of(EngineConfig config) {
    String source = config.get(SOURCE).orElse("NONE");
    if (source.equals("NONE")) {
      return NONE;
    }
    if (!source.equals("FILE")) {
      throw new ConfigurationException("%s='%s': must be NONE or FILE".formatted(SOURCE, source));
    }
    String name = config.get(FILE).orElse("");
    if (name.isBlank()) {
      throw new ConfigurationException(
          "%s=FILE needs %s: a file with username=… and password=…".formatted(SOURCE, FILE));
    }
    try {
      Path file = Path.of(name);
      return new ConnectCredentials(file, read(file), config.flag(RELOAD));
    } catch (InvalidPathException e) {
      throw new ConfigurationException("%s='%s': is not a path".formatted(FILE, name), e);
    }
  }

  /**
   * Name, colon, password; empty if there are none. If they are reloaded, those that the file has
   * now, or the ones from the start if it cannot be read.
   */
  public Optional<String> now() {
    if (file == null) {
      return Optional.empty();
    }
    if (!reloads) {
      return Optional.of(atStart);
    }
    try {
      return Optional.of(read(file));
    } catch (ConfigurationException e) {
      return Optional.of(atStart); // it is just being replaced
    }
  }

  private static String read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s='%s': cannot be read (%s)".formatted(FILE, file, e.getClass().getSimpleName()), e);
    }
    String name = properties.getProperty("username", "");
    String password = properties.getProperty("password", "");
    if (name.isEmpty() || password.isEmpty()) {
      throw new ConfigurationException(
          "%s='%s': has no username or no password; write username=… and password=…"
              .formatted(FILE, file));
    }
    return name + ":" + password;
  }
}
