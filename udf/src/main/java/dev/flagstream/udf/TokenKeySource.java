package dev.flagstream.udf;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Where the secret keys of CARD_TOKEN come from. There is no default. */
final class TokenKeySource {

  private static final String KEY_FILE = "key.file";
  private static final String KEY_ENV = "key.env";
  private static final String KEY_COMMAND = "key.command";
  private static final String KEY = "key";
  private static final List<String> SOURCES = List.of(KEY_FILE, KEY_ENV, KEY_COMMAND, KEY);

  private static final Duration COMMAND_BOUND = Duration.ofSeconds(30);

  private TokenKeySource() {}

  /**
   * The keys that a function's settings name, by one of: {@code key.file}, the path of a file;
   * {@code key.env}, the name of an environment variable; {@code key.command}, a command of the
   * shell that prints them; {@code key}, the text itself.
   *
   * @param environment the value of an environment variable, null if it is not set
   * @return as {@link TokenKey#parse} reads them, at least one
   * @throws IllegalArgumentException naming the property if there is no key, more than one source,
   *     or a key that cannot be used
   */
  static List<TokenKey> configured(
      String functionName, Map<String, ?> properties, UnaryOperator<String> environment) {
    FunctionSettings settings = new FunctionSettings(functionName, Set.copyOf(SOURCES), properties);
    return read(SOURCES.stream().map(settings::findOwn).toList(), environment)
        .or(() -> read(SOURCES.stream().map(settings::findGlobal).toList(), environment))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    settings.ownProperty(KEY_FILE)
                        + " is not set: it names the file with the secret key of "
                        + TokenKey.MIN_KEY_BYTES
                        + " bytes or more, as hex or base64 text. "
                        + TokenKey.HOW_TO_MAKE_ONE));
  }

  private static Optional<List<TokenKey>> read(
      List<Optional<Setting>> sources, UnaryOperator<String> environment) {
    List<Setting> set = sources.stream().flatMap(Optional::stream).toList();
    if (set.size() > 1) {
      throw set.get(set.size() - 1)
          .invalidSecret("set either this or " + set.get(0).property() + ", not both");
    }
    return set.stream().findFirst().map(each -> TokenKey.parse(each, text(each, environment)));
  }

  private static String text(Setting source, UnaryOperator<String> environment) {
    if (source.property().endsWith("." + KEY_FILE)) {
      return fileText(source);
    }
    if (source.property().endsWith("." + KEY_ENV)) {
      return variableText(source, environment);
    }
    return source.property().endsWith("." + KEY_COMMAND)
        ? new KeyCommand(source, COMMAND_BOUND).printed()
        : source.value();
  }

  private static String fileText(Setting keyFile) {
    try {
      return Files.readString(Path.of(keyFile.value()), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw keyFile.invalid("there is no such file. " + TokenKey.HOW_TO_MAKE_ONE);
    } catch (IOException | InvalidPathException e) {
      throw keyFile.invalid("cannot be read as text (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static String variableText(Setting variable, UnaryOperator<String> environment) {
    String text = environment.apply(variable.value());
    if (text == null || text.isBlank()) {
      throw variable.invalid("this environment variable of the server is not set");
    }
    return text;
  }
}
