package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.replay.csv.CsvRow;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.util.Locale;
import java.util.Optional;

/** The columns are the JSON fields; {@code is_fraud} and {@code scenario} may be there too. */
final class FlagstreamMapping implements TransactionMapping {

  private static final int MIN_CARD_DIGITS = 12;
  private static final int MAX_CARD_DIGITS = 19;
  private static final int MCC_DIGITS = 4;
  private static final int MAX_AGE_YEARS = 150;
  private static final int MAX_LAT = 90;
  private static final int MAX_LON = 180;

  private final LayoutColumn transactionId;
  private final LayoutColumn cardNumber;
  private final LayoutColumn customerId;
  private final LayoutColumn customerAge;
  private final LayoutColumn homeCity;
  private final LayoutColumn homeLat;
  private final LayoutColumn homeLon;
  private final LayoutColumn amount;
  private final LayoutColumn currency;
  private final LayoutColumn merchantId;
  private final LayoutColumn merchant;
  private final LayoutColumn merchantCategory;
  private final LayoutColumn mcc;
  private final LayoutColumn channel;
  private final LayoutColumn city;
  private final LayoutColumn state;
  private final LayoutColumn country;
  private final LayoutColumn lat;
  private final LayoutColumn lon;
  private final LayoutColumn riskScore;
  private final LayoutColumn timestamp;
  private final LayoutColumn isFraud;
  private final LayoutColumn scenario;

  FlagstreamMapping(Context context) {
    transactionId = context.column("transaction_id");
    cardNumber = context.column("card_number");
    customerId = context.column("customer_id");
    customerAge = context.column("customer_age");
    homeCity = context.column("home_city");
    homeLat = context.column("home_lat");
    homeLon = context.column("home_lon");
    amount = context.column("amount");
    currency = context.column("currency");
    merchantId = context.column("merchant_id");
    merchant = context.column("merchant");
    merchantCategory = context.column("merchant_category");
    mcc = context.column("mcc");
    channel = context.column("channel");
    city = context.column("location.city");
    state = context.column("location.state");
    country = context.column("location.country");
    lat = context.column("location.lat");
    lon = context.column("location.lon");
    riskScore = context.column("location_risk_score");
    timestamp = context.column("timestamp");
    isFraud = context.column("is_fraud");
    scenario = context.column("scenario");
  }

  @Override
  public LabeledTransaction read(CsvRow row) {
    return new LabeledTransaction(
        new Transaction(
            transactionId.text(row),
            cardNumber.digits(row, MIN_CARD_DIGITS, MAX_CARD_DIGITS),
            cardholder(row),
            amount.amount(row),
            currency.optionalText(row),
            acceptor(row),
            channel(row),
            location(row),
            riskScore.optionalNumber(row, 0, 1),
            timestamp.integer(row, Long.MIN_VALUE, Long.MAX_VALUE)),
        verdict(row));
  }

  private Cardholder cardholder(CsvRow row) {
    return new Cardholder(
        customerId.text(row),
        customerAge.optionalInteger(row, 0, MAX_AGE_YEARS),
        homeCity.optionalText(row),
        homeLat.optionalNumber(row, -MAX_LAT, MAX_LAT),
        homeLon.optionalNumber(row, -MAX_LON, MAX_LON));
  }

  private Acceptor acceptor(CsvRow row) {
    String code = mcc.optionalText(row);
    return new Acceptor(
        merchantId.optionalText(row),
        merchant.optionalText(row),
        merchantCategory.optionalText(row),
        code == null ? null : mcc.digits(row, MCC_DIGITS, MCC_DIGITS));
  }

  private Channel channel(CsvRow row) {
    String label = channel.optionalText(row);
    if (label == null) {
      return null;
    }
    for (Channel each : Channel.values()) {
      if (each.label().equals(label.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new UnfitRowException("channel is not chip, contactless, online or atm");
  }

  private Location location(CsvRow row) {
    Location location =
        new Location(
            city.optionalText(row),
            state.optionalText(row),
            country.optionalText(row),
            lat.optionalNumber(row, -MAX_LAT, MAX_LAT),
            lon.optionalNumber(row, -MAX_LON, MAX_LON));
    boolean unknown =
        location.city() == null
            && location.state() == null
            && location.country() == null
            && Double.isNaN(location.latDegrees())
            && Double.isNaN(location.lonDegrees());
    return unknown ? null : location;
  }

  private Optional<FraudVerdict> verdict(CsvRow row) {
    if (isFraud.optionalText(row) == null) {
      return Optional.empty();
    }
    return Optional.of(
        isFraud.flag(row)
            ? new FraudVerdict(true, Optional.ofNullable(scenario.optionalText(row)))
            : FraudVerdict.HONEST);
  }
}
