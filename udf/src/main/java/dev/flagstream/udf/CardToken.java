package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
            + " without the key. NULL for NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class CardToken implements Configurable {

  private static final String ALGORITHM = "HmacSHA256";

  /** A Mac is not thread-safe and costly to make; one instance of this class serves all threads. */
  private volatile ThreadLocal<Mac> macOfThread =
      ThreadLocal.withInitial(
          () -> {
            throw new IllegalStateException("CARD_TOKEN has not been configured with a key");
          });

  @Override
  public void configure(Map<String, ?> configs) {
    SecretKeySpec key = new SecretKeySpec(TokenKey.configured("card_token", configs), ALGORITHM);
    macOfThread = ThreadLocal.withInitial(() -> mac(key));
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  @Udf(description = "Spaces and dashes do not count.")
  public String cardToken(
      @UdfParameter(value = "card_number", description = "card number, possibly grouped")
          String cardNumber) {
    return cardNumber == null ? null : hmac(CardNumber.withoutSeparators(cardNumber));
  }

  String hmac(String text) {
    byte[] hmac = macOfThread.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hmac);
  }
}
