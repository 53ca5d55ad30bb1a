package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import org.apache.kafka.common.Configurable;

/**
 * CARD_TOKEN: what stands for a card number past the input topic. The whole HMAC is kept: a shorter
 * one saves little, and two cards must never share a token. Thread-safe once configured.
 */
@UdfDescription(
    name = "CARD_TOKEN",
    description =
        "The HMAC-SHA256 of a card number under the secret key of the setting key.file: 64"
            + " hexadecimal digits that are the same for the same card and tell nothing about it"
            + " without the key. A key that has an id puts it, and a dot, before them. NULL for"
            + " NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class CardToken implements Configurable {

  /** A Mac is not thread-safe and costly to make; one instance of this class serves all threads. */
  private volatile ThreadLocal<Mac> macOfThread =
      ThreadLocal.withInitial(
          () -> {
            throw new IllegalStateException("CARD_TOKEN has not been configured with a key");
          });

  private volatile List<TokenKey> keys = List.of();
  private volatile String prefix = "";

  @Override
  public void configure(Map<String, ?> configs) {
    configure(configs, System::getenv);
  }

  void configure(Map<String, ?> configs, UnaryOperator<String> environment) {
    List<TokenKey> configured = TokenKeySource.configured("card_token", configs, environment);
    TokenKey newest = configured.get(0);
    keys = configured;
    prefix = prefix(newest);
    macOfThread = ThreadLocal.withInitial(() -> mac(newest));
  }

  private static String prefix(TokenKey key) {
    return key.id().isEmpty() ? "" : key.id() + ".";
  }

  private static Mac mac(TokenKey key) {
    try {
      Mac mac = Mac.getInstance(TokenKey.ALGORITHM);
      mac.init(key.secret());
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + TokenKey.ALGORITHM, e);
    }
  }

  @Udf(description = "Spaces and dashes do not count.")
  public String cardToken(
      @UdfParameter(value = "card_number", description = "card number, possibly grouped")
          String cardNumber) {
    return cardNumber == null ? null : prefix + hmac(CardNumber.withoutSeparators(cardNumber));
  }

  @Udf(
      description =
          "Under the key of this id, which may be an old one ('' is the id of the key without one):"
              + " so what was kept before a rotation is found. NULL if there is no such key.")
  public String cardToken(
      @UdfParameter(value = "card_number", description = "card number, possibly grouped")
          String cardNumber,
      @UdfParameter(value = "key_id", description = "one of the ids in the key file")
          String keyId) {
    return cardNumber == null || keyId == null
        ? null
        : TokenKey.find(keys, keyId)
            .map(key -> prefix(key) + hmac(mac(key), CardNumber.withoutSeparators(cardNumber)))
            .orElse(null);
  }

  String hmac(String text) {
    return hmac(macOfThread.get(), text);
  }

  private static String hmac(Mac mac, String text) {
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
