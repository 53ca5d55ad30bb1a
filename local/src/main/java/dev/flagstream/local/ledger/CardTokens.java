package dev.flagstream.local.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens that CARD_TOKEN must give, computed without it. For one thread. */
final class CardTokens {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /** Tokens under the key of a file, as hexadecimal text. */
  CardTokens(Path keyFile) {
    try {
      byte[] key = HexFormat.of().parseHex(Files.readString(keyFile).strip());
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the card token key " + keyFile, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  String of(String cardNumber) {
    return HexFormat.of().formatHex(mac.doFinal(cardNumber.getBytes(StandardCharsets.UTF_8)));
  }
}
