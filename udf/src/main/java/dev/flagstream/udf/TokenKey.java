package dev.flagstream.udf;

import dev.flagstream.udf.FunctionSettings.Setting;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key of CARD_TOKEN. No message ever shows any of it.
 *
 * @param id what its tokens begin with; empty for the key that was there before keys had names,
 *     whose tokens are bare
 * @param secret for HMAC-SHA256, 32 bytes or more
 */
record TokenKey(String id, SecretKeySpec secret) {

  static final String ALGORITHM = "HmacSHA256";
  static final int MIN_KEY_BYTES = 32;
  static final String HOW_TO_MAKE_ONE =
      "Make one with `openssl rand -hex " + MIN_KEY_BYTES + " > card-token.key`.";

  private static final Pattern WHITESPACE = Pattern.compile("\\s+");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
  private static final Pattern NAMED = Pattern.compile("\\s*([A-Za-z0-9_]{1,16})\\s*:(.*)");

  /**
   * The keys of a text: one, as hex or base64, or one a line, {@code id: key}, the newest first.
   * Only that makes tokens; the others explain old ones. At most one may be without an id.
   *
   * @param origin the setting that messages name
   * @throws IllegalArgumentException naming the setting if a key is too short or cannot be read, or
   *     an id is there twice
   */
  static List<TokenKey> parse(Setting origin, String text) {
    if (text.indexOf(':') < 0) {
      return List.of(new TokenKey("", decoded(origin, text)));
    }
    List<TokenKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      Matcher named = NAMED.matcher(line);
      TokenKey key =
          named.matches()
              ? new TokenKey(named.group(1), decoded(origin, named.group(2)))
              : new TokenKey("", decoded(origin, line));
      if (!ids.add(key.id())) {
        throw origin.invalidSecret(
            key.id().isEmpty()
                ? "more than one key has no id. Write `id: key` on each line but the oldest"
                : "two keys have the id " + key.id());
      }
      keys.add(key);
    }
    return List.copyOf(keys);
  }

  /** The key of this id among them. */
  static Optional<TokenKey> find(List<TokenKey> keys, String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private static SecretKeySpec decoded(Setting origin, String keyText) {
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
    return new SecretKeySpec(key, ALGORITHM);
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
