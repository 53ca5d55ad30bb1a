package dev.flagstream.local.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens that CARD_TOKEN must give, computed without it. For one thread. */
public final class CardTokens {

  private static final String ALGORITHM = "HmacSHA256";

  private record Key(String prefix, Mac mac) {
    String token(String cardNumber) {
      return prefix
          + HexFormat.of().formatHex(mac.doFinal(cardNumber.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The newest first. */
  private final List<Key> keys = new ArrayList<>();

  /** Tokens under the keys of a file, one a line, as hexadecimal text after an id and a colon. */
  public CardTokens(Path keyFile) {
    try {
      for (String line : Files.readAllLines(keyFile)) {
        if (!line.isBlank()) {
          int colon = line.indexOf(':');
          Mac mac = Mac.getInstance(ALGORITHM);
          mac.init(
              new SecretKeySpec(
                  HexFormat.of().parseHex(line.substring(colon + 1).strip()), ALGORITHM));
          keys.add(new Key(colon < 0 ? "" : line.substring(0, colon).strip() + ".", mac));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the card token key " + keyFile, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether there were other keys before the newest. */
  boolean rotated() {
    return keys.size() > 1;
  }

  /** A card's token under the newest key. */
  String of(String cardNumber) {
    return keys.get(0).token(cardNumber);
  }

  /** A card's tokens under all keys. */
  public List<String> allOf(String cardNumber) {
    return keys.stream().map(key -> key.token(cardNumber)).toList();
  }
}
