package dev.flagstream.udf;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the secret key of CARD_TOKEN comes from. No message ever shows any of the key. */
final class TokenKey {

  private static final String KEY_FILE = "key.file";
  private static final String KEY = "key";
  private static final int MIN_KEY_BYTES = 32;

  private static final Pattern WHITESPACE = Pattern.compile("\\s+");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
  private static final String HOW_TO_MAKE_ONE =
      "Make one with `openssl rand -hex " + MIN_KEY_BYTES + " > card-token.key`.";

  private TokenKey() {}

  /**
   * The key that a function's settings name: {@code key.file}, the path of a file, or {@code key},
   * the key itself; either as hex or base64 text.
   *
   * @throws IllegalArgumentException naming the property if there is no key, more than one, or one
   *     that is shorter than 32 bytes
   */
  static byte[] configured(String functionName, Map<String, ?> properties) {
    FunctionSettings settings =
        new FunctionSettings(functionName, Set.of(KEY_FILE, KEY), properties);
    return decoded(settings.findOwn(KEY_FILE), settings.findOwn(KEY))
        .or(() -> decoded(settings.findGlobal(KEY_FILE), settings.findGlobal(KEY)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    settings.ownProperty(KEY_FILE)
                        + " is not set: it names the file with the secret key of "
                        + MIN_KEY_BYTES
                        + " bytes or more, as hex or base64 text. "
                        + HOW_TO_MAKE_ONE));
  }

  private static Optional<byte[]> decoded(Optional<Setting> keyFile, Optional<Setting> key) {
    if (keyFile.isPresent() && key.isPresent()) {
      throw key.get()
          .invalidSecret("set either this or " + keyFile.get().property() + ", not both");
    }
    return keyFile
        .map(setting -> decoded(setting, fileText(setting)))
        .or(() -> key.map(setting -> decoded(setting, setting.value())));
  }

  private static String fileText(Setting keyFile) {
    try {
      return Files.readString(Path.of(keyFile.value()), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw keyFile.invalid("there is no such file. " + HOW_TO_MAKE_ONE);
    } catch (IOException | InvalidPathException e) {
      throw keyFile.invalid("cannot be read as text (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static byte[] decoded(Setting origin, String keyText) {
    String compact = WHITESPACE.matcher(keyText).replaceAll("");
    byte[] key =
        HEX.matcher(compact).matches() ? HexFormat.of().parseHex(compact) : base64(origin, compact);
    if (key.length < MIN_KEY_BYTES) {
      throw origin.invalidSecret(
          "the key has "
              + key.length
              + " bytes, at least "
              + MIN_KEY_BYTES
              + " are needed. "
              + HOW_TO_MAKE_ONE);
    }
    return key;
  }

  private static byte[] base64(Setting origin, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // The decoder's message shows a character of the key: it is neither kept nor chained.
      throw origin.invalidSecret("the key is neither hex nor base64 text. " + HOW_TO_MAKE_ONE);
    }
  }
}
