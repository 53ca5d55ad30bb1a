package dev.flagstream.generator.transaction;

import java.util.Arrays;
import java.util.Objects;

/**
 * Who took the card: the merchant, as an authorization names it. What transactions say of it is
 * written once, as they are many. Immutable.
 */
public final class Acceptor {

  private static final byte[] MERCHANT_ID = JsonText.name("merchant_id");
  private static final byte[] MERCHANT = JsonText.name("merchant");
  private static final byte[] MERCHANT_CATEGORY = JsonText.name("merchant_category");
  private static final byte[] MCC = JsonText.name("mcc");

  private final String merchantId;
  private final String name;
  private final String category;
  private final String mcc;
  private final byte[] json;

  /**
   * Each may be null where a source does not tell it.
   *
   * @param merchantId the same for the same merchant (or terminal)
   * @param name as a statement shows it
   * @param category in words, such as {@code grocery}
   * @param mcc the merchant category code of ISO 18245, four digits
   */
  public Acceptor(String merchantId, String name, String category, String mcc) {
    this.merchantId = merchantId;
    this.name = name;
    this.category = category;
    this.mcc = mcc;
    byte[] fields =
        new byte
            [JsonText.room(MERCHANT_ID, merchantId)
                + JsonText.room(MERCHANT, name)
                + JsonText.room(MERCHANT_CATEGORY, category)
                + JsonText.room(MCC, mcc)];
    int end = JsonText.field(MERCHANT_ID, merchantId, fields, 0);
    end = JsonText.field(MERCHANT, name, fields, end);
    end = JsonText.field(MERCHANT_CATEGORY, category, fields, end);
    end = JsonText.field(MCC, mcc, fields, end);
    this.json = Arrays.copyOf(fields, end);
  }

  public String merchantId() {
    return merchantId;
  }

  public String name() {
    return name;
  }

  public String category() {
    return category;
  }

  public String mcc() {
    return mcc;
  }

  /** The fields of a transaction that tell it, each behind a comma; not to be changed. */
  byte[] json() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Acceptor acceptor
        && Objects.equals(merchantId, acceptor.merchantId)
        && Objects.equals(name, acceptor.name)
        && Objects.equals(category, acceptor.category)
        && Objects.equals(mcc, acceptor.mcc);
  }

  @Override
  public int hashCode() {
    return Objects.hash(merchantId, name, category, mcc);
  }

  @Override
  public String toString() {
    return "Acceptor[%s, %s, %s, %s]".formatted(merchantId, name, category, mcc);
  }
}
