package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Sparkov's columns. Its merchants' names begin with {@code fraud_}, whether they are frauds or
 * not, and so say nothing. {@code unix_time} is shifted by years and not used.
 *
 * <p>The file has no number for a customer. One is made of name, birth date and postcode, not of
 * the card number, which must not travel in any form.
 */
final class SparkovMapping implements TransactionMapping {

  private static final String MERCHANT_PREFIX = "fraud_";
  private static final String ONLINE_SUFFIX = "_net";
  private static final int MIN_CARD_DIGITS = 11;
  private static final int MAX_CARD_DIGITS = 19;
  private static final int MAX_LAT = 90;
  private static final int MAX_LON = 180;

  private final LayoutColumn dateTime;
  private final LayoutColumn cardNumber;
  private final LayoutColumn merchant;
  private final LayoutColumn category;
  private final LayoutColumn amount;
  private final LayoutColumn first;
  private final LayoutColumn last;
  private final LayoutColumn zip;
  private final LayoutColumn dateOfBirth;
  private final LayoutColumn city;
  private final LayoutColumn lat;
  private final LayoutColumn lon;
  private final LayoutColumn transactionId;
  private final LayoutColumn merchantLat;
  private final LayoutColumn merchantLon;
  private final LayoutColumn fraud;

  SparkovMapping(Context context) {
    dateTime = context.column("trans_date_trans_time");
    cardNumber = context.column("cc_num");
    merchant = context.column("merchant");
    category = context.column("category");
    amount = context.column("amt");
    first = context.column("first");
    last = context.column("last");
    zip = context.column("zip");
    dateOfBirth = context.column("dob");
    city = context.column("city");
    lat = context.column("lat");
    lon = context.column("long");
    transactionId = context.column("trans_num");
    merchantLat = context.column("merch_lat");
    merchantLon = context.column("merch_long");
    fraud = context.column("is_fraud");
  }

  @Override
  public LabeledTransaction read(CsvRow row) {
    long timestampMs = dateTime.dateTimeMs(row);
    return new LabeledTransaction(
        new Transaction(
            transactionId.text(row),
            cardNumber.digits(row, MIN_CARD_DIGITS, MAX_CARD_DIGITS),
            new Cardholder(
                customerId(row),
                ageYears(row, timestampMs),
                city.optionalText(row),
                lat.optionalNumber(row, -MAX_LAT, MAX_LAT),
                lon.optionalNumber(row, -MAX_LON, MAX_LON)),
            amount.amount(row),
            "USD",
            acceptor(row),
            channel(row),
            location(row),
            Double.NaN,
            timestampMs),
        fraud.exists() ? Optional.of(FraudVerdict.of(fraud.flag(row))) : Optional.empty());
  }

  private String customerId(CsvRow row) {
    String person =
        String.join(
            "|",
            known(first.optionalText(row)),
            known(last.optionalText(row)),
            known(dateOfBirth.optionalText(row)),
            known(zip.optionalText(row)));
    CRC32C checksum = new CRC32C();
    checksum.update(person.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(checksum.getValue(), 8);
  }

  private static String known(String text) {
    return text == null ? "" : text;
  }

  private Integer ageYears(CsvRow row, long timestampMs) {
    String written = dateOfBirth.optionalText(row);
    if (written == null) {
      return null;
    }
    LocalDate birth = DateTimeText.toDate(written);
    if (birth == null) {
      throw new UnfitRowException("dob is not a date");
    }
    LocalDate day = Instant.ofEpochMilli(timestampMs).atZone(ZoneOffset.UTC).toLocalDate();
    int age = Period.between(birth, day).getYears();
    if (age < 0) {
      throw new UnfitRowException("dob is after the transaction");
    }
    return age;
  }

  private Acceptor acceptor(CsvRow row) {
    String name = merchant.text(row);
    if (name.startsWith(MERCHANT_PREFIX)) {
      name = name.substring(MERCHANT_PREFIX.length());
    }
    return new Acceptor(name, name, category.optionalText(row), null);
  }

  /** The channel, only where the category makes it certain. */
  private Channel channel(CsvRow row) {
    String text = category.optionalText(row);
    return text != null && text.endsWith(ONLINE_SUFFIX) ? Channel.ONLINE : null;
  }

  private Location location(CsvRow row) {
    double atLat = merchantLat.optionalNumber(row, -MAX_LAT, MAX_LAT);
    double atLon = merchantLon.optionalNumber(row, -MAX_LON, MAX_LON);
    return Double.isNaN(atLat) || Double.isNaN(atLon)
        ? null
        : new Location(null, null, null, atLat, atLon);
  }
}
