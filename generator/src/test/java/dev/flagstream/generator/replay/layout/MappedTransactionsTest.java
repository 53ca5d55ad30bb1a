package dev.flagstream.generator.replay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedTransactionsTest {

  private static final String OWN_HEADER =
      "transaction_id,card_number,customer_id,customer_age,home_city,home_lat,home_lon,amount,"
          + "currency,merchant_id,merchant,merchant_category,mcc,channel,location.city,"
          + "location.state,location.country,location.lat,location.lon,location_risk_score,"
          + "timestamp";

  private static final String OWN_ROW =
      "t1,4242424242424242,C1,42,Chicago,41.88,-87.63,12.5,USD,M1,\"Shop, the\",grocery,5411,"
          + "chip,Chicago,IL,US,41.88,-87.63,0.2,1763647200000";

  private static final String HANDBOOK_HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,TX_TIME_DAYS,"
          + "TX_FRAUD,TX_FRAUD_SCENARIO\n";

  private static final String SPARKOV_HEADER =
      ",trans_date_trans_time,cc_num,merchant,category,amt,first,last,gender,street,city,state,"
          + "zip,lat,long,city_pop,job,dob,trans_num,unix_time,merch_lat,merch_long,is_fraud\n";

  private static final String PAYSIM_HEADER =
      "step,type,amount,nameOrig,oldbalanceOrg,newbalanceOrig,nameDest,oldbalanceDest,"
          + "newbalanceDest,isFraud,isFlaggedFraud\n";

  @TempDir private Path folder;
  private final List<String> rejected = new ArrayList<>();

  @Test
  void readsEveryColumnOfOurOwnLayout() throws IOException {
    LabeledTransaction read = single(OWN_HEADER + "\n" + OWN_ROW + "\n");

    assertThat(read.verdict()).isEmpty();
    Transaction transaction = read.transaction();
    assertThat(transaction.transactionId()).isEqualTo("t1");
    assertThat(transaction.cardNumber()).isEqualTo("4242424242424242");
    assertThat(transaction.cardholder())
        .isEqualTo(new Cardholder("C1", 42, "Chicago", 41.88, -87.63));
    assertThat(transaction.amount()).hasToString("12.50");
    assertThat(transaction.currency()).isEqualTo("USD");
    assertThat(transaction.acceptor())
        .isEqualTo(new Acceptor("M1", "Shop, the", "grocery", "5411"));
    assertThat(transaction.channel()).isEqualTo(Channel.CHIP);
    assertThat(transaction.location())
        .isEqualTo(new Location("Chicago", "IL", "US", 41.88, -87.63));
    assertThat(transaction.locationRiskScore()).isEqualTo(0.2);
    assertThat(transaction.timestampMs()).isEqualTo(1_763_647_200_000L);
  }

  @Test
  void leavesUnknownWhatOurOwnLayoutDoesNotTell() throws IOException {
    LabeledTransaction read =
        single(
            """
            note,timestamp,amount,customer_id,card_number,transaction_id,mcc,is_fraud,scenario
            hi,5,1,C1,4242424242424242,t1,,1,card_testing
            """);

    Transaction transaction = read.transaction();
    assertThat(transaction.cardholder().ageYears()).isNull();
    assertThat(transaction.acceptor().mcc()).isNull();
    assertThat(transaction.location()).isNull();
    assertThat(transaction.channel()).isNull();
    assertThat(transaction.locationRiskScore()).isNaN();
    assertThat(read.verdict()).contains(new FraudVerdict(true, Optional.of("card_testing")));
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424242, 42424242, card_number is not 12 to 19 digits",
    "4242424242424242, 4242-4242-4242-42, card_number is not 12 to 19 digits",
    "4242424242424242, '', card_number is empty",
    "',42,', ',forty,', customer_age is not a whole number",
    "',42,', ',-1,', customer_age is not within 0 to 150",
    "',41.88,-87.63,0.2', ',91,-87.63,0.2', location.lat is not within -90.0 to 90.0",
    "',41.88,-87.63,0.2', ',NaN,-87.63,0.2', location.lat is not within -90.0 to 90.0",
    "',41.88,-87.63,0.2', ',north,-87.63,0.2', location.lat is not a number",
    "12.5, 12.505, amount is not an amount with at most two decimals",
    "12.5, 100000000, amount is not an amount of at most ten digits",
    "12.5, 99999999.999999, amount is not an amount of at most ten digits",
    "12.5, 1e999999999, amount is not an amount of at most ten digits",
    "12.5, 1e-999999999, amount is not an amount of at most ten digits",
    "12.5, much, amount is not a number",
    "5411, 541, mcc is not 4 to 4 digits",
    "chip, chips, 'channel is not chip, contactless, online or atm'",
    "1763647200000, yesterday, timestamp is not a whole number",
    "1763647200000, -1, timestamp is not within 1970 to 2099",
    "1763647200000, 9223372036854775807, timestamp is not within 1970 to 2099"
  })
  void saysWhatIsWrongWithARowWithoutItsContents(String good, String bad, String reason)
      throws IOException {
    assertThat(read(OWN_HEADER + "\n" + OWN_ROW.replaceFirst(good, bad) + "\n")).isEmpty();

    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0)).isEqualTo("2 " + reason);
  }

  @Test
  void rejectsADateBefore1970() throws IOException {
    assertThat(read(HANDBOOK_HEADER + "0,1960-04-01 00:00:31,596,3156,57.16,31,0,0,0\n")).isEmpty();

    assertThat(rejected).containsExactly("2 TX_DATETIME is not within 1970 to 2099");
  }

  @Test
  void rejectsATimeThatIsCountedFromTooEarlyAStart() throws IOException {
    String csv = PAYSIM_HEADER + "1,PAYMENT,9839.64,C1,1.0,1.0,M1,0.0,0.0,0,0\n";

    assertThat(read(csv, Optional.of(Instant.parse("1969-12-31T22:00:00Z")))).isEmpty();

    assertThat(rejected).containsExactly("2 step is not within 1970 to 2099");
  }

  @Test
  void readsTheHandbooksLayout() throws IOException {
    List<LabeledTransaction> read =
        read(
            HANDBOOK_HEADER
                + "0,2018-04-01 00:00:31,596,3156,57.16,31,0,0,0\n"
                + "3527,2018-04-01 10:17:43,3774,3059,225.41,37063,0,1,1\n"
                + "5789,2018-04-01 18:31:56,596,3426,220.20000000000002,66716,0,1,3\n");

    assertThat(rejected).isEmpty();
    Transaction first = read.get(0).transaction();
    assertThat(first.transactionId()).isEqualTo("handbook-0");
    assertThat(first.cardholder().customerId()).isEqualTo("596");
    assertThat(first.acceptor().merchantId()).isEqualTo("3156");
    assertThat(first.timestampMs()).isEqualTo(Instant.parse("2018-04-01T00:00:31Z").toEpochMilli());
    assertThat(read)
        .extracting(each -> each.transaction().amount().toString())
        .containsExactly("57.16", "225.41", "220.20");
    assertThat(read)
        .extracting(each -> each.verdict().orElseThrow())
        .containsExactly(
            FraudVerdict.HONEST,
            new FraudVerdict(true, Optional.of("high_amount")),
            new FraudVerdict(true, Optional.of("account_takeover")));
    assertThat(read.get(2).transaction().cardNumber())
        .isEqualTo(first.cardNumber())
        .isNotEqualTo(read.get(1).transaction().cardNumber());
  }

  @Test
  void readsSparkovsLayoutWithoutTheLabelInItsMerchantsNames() throws IOException {
    LabeledTransaction read =
        single(
            SPARKOV_HEADER
                + "0,2019-01-01 00:00:18,2703186189652095,\"fraud_Rippin, Kub and Mann\",misc_net,"
                + "4.97,Jennifer,Banks,F,561 Perry Cove,Moravian Falls,NC,28654,36.0788,-81.1781,"
                + "3495,\"Psychologist, counselling\",1988-03-09,0b242abb623afc578575680df30655b9,"
                + "1325376018,36.011293,-82.048315,0\n");

    Transaction transaction = read.transaction();
    assertThat(transaction.transactionId()).isEqualTo("0b242abb623afc578575680df30655b9");
    assertThat(transaction.cardNumber()).isEqualTo("2703186189652095");
    assertThat(transaction.cardholder().ageYears()).isEqualTo(30);
    assertThat(transaction.cardholder().homeCity()).isEqualTo("Moravian Falls");
    assertThat(transaction.cardholder().homeLatDegrees()).isEqualTo(36.0788);
    assertThat(transaction.acceptor().name()).isEqualTo("Rippin, Kub and Mann");
    assertThat(transaction.acceptor().category()).isEqualTo("misc_net");
    assertThat(transaction.channel()).isEqualTo(Channel.ONLINE);
    assertThat(transaction.location().lonDegrees()).isEqualTo(-82.048315);
    assertThat(transaction.amount()).hasToString("4.97");
    assertThat(transaction.timestampMs())
        .isEqualTo(Instant.parse("2019-01-01T00:00:18Z").toEpochMilli());
    assertThat(read.verdict()).contains(FraudVerdict.HONEST);
  }

  @Test
  void readsPaySimsLayoutFromAStartTime() throws IOException {
    String csv =
        PAYSIM_HEADER
            + "1,PAYMENT,9839.64,C1231006815,170136.0,160296.36,M1979787155,0.0,0.0,0,0\n"
            + "3.0,CASH_OUT,181.0,C840083671,181.0,0.0,C38997010,21182.0,0.0,1.0,0.0\n";

    List<LabeledTransaction> read = read(csv, Optional.of(Instant.parse("2020-01-01T00:00:00Z")));

    Transaction last = read.get(1).transaction();
    assertThat(last.transactionId()).isEqualTo("file-3");
    assertThat(last.cardholder().customerId()).isEqualTo("C840083671");
    assertThat(last.acceptor().merchantId()).isEqualTo("C38997010");
    assertThat(last.acceptor().category()).isEqualTo("cash_out");
    assertThat(last.timestampMs()).isEqualTo(Instant.parse("2020-01-01T03:00:00Z").toEpochMilli());
    assertThat(read.get(1).verdict()).contains(FraudVerdict.FRAUD);
  }

  @Test
  void readsWhatUlbsLayoutHasOfATransaction() throws IOException {
    StringBuilder header = new StringBuilder("\"Time\"");
    StringBuilder row = new StringBuilder("1e+05");
    for (int i = 1; i <= 28; i++) {
      header.append(",\"V").append(i).append('"');
      row.append(",-1.5e-05");
    }
    LabeledTransaction read = single(header + ",\"Amount\",\"Class\"\n" + row + ",149.62,\"1\"\n");

    assertThat(read.transaction().amount()).hasToString("149.62");
    assertThat(read.transaction().timestampMs())
        .isEqualTo(Instant.parse("2013-09-02T03:46:40Z").toEpochMilli());
    assertThat(read.verdict()).contains(FraudVerdict.FRAUD);
  }

  @Test
  void givesCustomersCardsThatPassLuhnAndAreAllDifferent() {
    Set<String> numbers = new HashSet<>();
    for (int customer = 0; customer < 100_000; customer++) {
      String number = StandInCards.numberOf("C" + customer);
      assertThat(number).hasSize(16);
      assertThat(luhnSum(number) % 10).isZero();
      numbers.add(number);
    }

    assertThat(numbers).hasSize(100_000);
    assertThat(StandInCards.numberOf("C7")).isEqualTo(StandInCards.numberOf("C7"));
    assertThat(luhnSum(StandInCards.numberOf("anna@example.org")) % 10).isZero();
    assertThat(StandInCards.numberOf("99999999999999999999")).hasSize(16);
  }

  @Test
  void endsAtTheFirstBadRowWhenNobodyTakesThem() throws IOException {
    Path file = write(HANDBOOK_HEADER + "0,2018-04-01 00:00:31,596,3156,57.16,31,0,0,0\nbad\n");

    try (MappedTransactions transactions = MappedTransactions.open(file)) {
      assertThat(transactions.layout()).isEqualTo(KnownLayout.HANDBOOK);
      assertThat(transactions.next().transaction().transactionId()).isEqualTo("handbook-0");
      assertThatThrownBy(transactions::hasNext)
          .isInstanceOf(CsvFormatException.class)
          .hasMessage(file + ", line 3: the row has 1 fields instead of 9");
    }
  }

  @Test
  void refusesAFileOfNoKnownLayout() throws IOException {
    Path file = write("a,b\n1,2\n");

    assertThatThrownBy(() -> MappedTransactions.open(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("is of no known layout")
        .hasMessageEndingWith("its columns are a, b");
  }

  private static int luhnSum(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum;
  }

  private LabeledTransaction single(String csv) throws IOException {
    List<LabeledTransaction> read = read(csv);
    assertThat(rejected).isEmpty();
    assertThat(read).hasSize(1);
    return read.get(0);
  }

  private List<LabeledTransaction> read(String csv) throws IOException {
    return read(csv, Optional.empty());
  }

  private List<LabeledTransaction> read(String csv, Optional<Instant> startTime)
      throws IOException {
    List<LabeledTransaction> read = new ArrayList<>();
    try (MappedTransactions transactions =
        MappedTransactions.open(
            write(csv),
            CsvDialect.DEFAULT,
            (line, reason, row) -> rejected.add(line + " " + reason),
            startTime)) {
      transactions.forEachRemaining(read::add);
      assertThat(transactions.rejected()).isEqualTo(rejected.size());
    }
    return read;
  }

  private Path write(String csv) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), csv);
  }
}
