package dev.flagstream.generator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTransactionsTest {

  private static final String HEADER =
      "transaction_id,card_number,customer_id,customer_age,home_city,home_lat,home_lon,amount,currency,"
          + "merchant_id,merchant,merchant_category,mcc,channel,location.city,location.state,location.country,location.lat,"
          + "location.lon,location_risk_score,timestamp";

  private static final String ROW =
      "t1,4242424242424242,C1,42,Chicago,41.9,-87.6,12.5,USD,M1,\"Shop, the\",grocery,5411,chip,Chicago,IL,US,41.88,"
          + "-87.63,0.2,1763647200000";

  @TempDir private Path folder;

  @Test
  void readsEveryColumn() throws IOException {
    List<Transaction> read = read(HEADER + "\n" + ROW + "\n");

    assertThat(read).hasSize(1);
    Transaction transaction = read.get(0);
    assertThat(transaction.transactionId()).isEqualTo("t1");
    assertThat(transaction.cardNumber()).isEqualTo("4242424242424242");
    assertThat(transaction.cardholder().customerId()).isEqualTo("C1");
    assertThat(transaction.cardholder().ageYears()).isEqualTo(42);
    assertThat(transaction.cardholder().homeCity()).isEqualTo("Chicago");
    assertThat(transaction.cardholder().homeLatDegrees()).isEqualTo(41.9);
    assertThat(transaction.cardholder().homeLonDegrees()).isEqualTo(-87.6);
    assertThat(transaction.amount()).hasToString("12.50");
    assertThat(transaction.currency()).isEqualTo("USD");
    assertThat(transaction.acceptor().name()).isEqualTo("Shop, the");
    assertThat(transaction.acceptor().category()).isEqualTo("grocery");
    assertThat(transaction.acceptor().merchantId()).isEqualTo("M1");
    assertThat(transaction.acceptor().mcc()).isEqualTo("5411");
    assertThat(transaction.channel()).isEqualTo(Channel.CHIP);
    assertThat(transaction.location().city()).isEqualTo("Chicago");
    assertThat(transaction.location().state()).isEqualTo("IL");
    assertThat(transaction.location().country()).isEqualTo("US");
    assertThat(transaction.location().latDegrees()).isEqualTo(41.88);
    assertThat(transaction.location().lonDegrees()).isEqualTo(-87.63);
    assertThat(transaction.locationRiskScore()).isEqualTo(0.2);
    assertThat(transaction.timestampMs()).isEqualTo(1_763_647_200_000L);
  }

  @Test
  void takesColumnsInAnyOrderWithOthersAmongThemAndAByteOrderMark() throws IOException {
    List<Transaction> read =
        read("\uFEFFnote," + HEADER + "\r\n" + "hello," + ROW + "\r\n" + "," + ROW + "\r\n");

    assertThat(read).extracting(Transaction::transactionId).containsExactly("t1", "t1");
  }

  @Test
  void keepsBadRowsWithLineNumberAndReason() throws IOException {
    String bad = ROW.replace("12.5", "12.505");
    Path file = write(HEADER + "\n" + ROW + "\n" + bad + "\nonly,three,fields\n" + ROW + "\n");

    try (CsvTransactions transactions = CsvTransactions.open(file)) {
      List<Transaction> read = new ArrayList<>();
      transactions.forEachRemaining(read::add);

      assertThat(read).hasSize(2);
      assertThat(transactions.rejectedRows()).isEqualTo(2);
    }
    assertThat(Files.readAllLines(folder.resolve("transactions.csv.rejected.csv")))
        .containsExactly(
            "line,reason," + HEADER,
            "3,amount '12.505' is not an amount with at most two decimals," + bad,
            "4,has 3 fields instead of 21,only,three,fields");
  }

  @Test
  void leavesNoRejectsFileWhenAllRowsAreGood() throws IOException {
    Files.writeString(folder.resolve("transactions.csv.rejected.csv"), "of an earlier replay");

    read(HEADER + "\n" + ROW + "\n");

    assertThat(folder.resolve("transactions.csv.rejected.csv")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424242, 42424242, card_number is not 12 to 19 digits",
    "4242424242424242, '', card_number is empty",
    "',42,', ',forty,', customer_age 'forty' is not a whole number",
    "',42,', ',-1,', customer_age '-1' is not within 0 to 150",
    "41.88, 91, location.lat '91' is not within -90.0 to 90.0",
    "41.88, NaN, location.lat 'NaN' is not within -90.0 to 90.0",
    "41.88, north, location.lat 'north' is not a number",
    "chip, cheque, channel 'cheque' is not chip or contactless or online or atm",
    "12.5, 100000000, amount '100000000' is not an amount of at most ten digits",
    "1763647200000, yesterday, timestamp 'yesterday' is not a whole number"
  })
  void saysWhatIsWrongWithARow(String good, String bad, String reason) throws IOException {
    Path file = write(HEADER + "\n" + ROW.replace(good, bad) + "\n");

    try (CsvTransactions transactions = CsvTransactions.open(file)) {
      assertThat(transactions.hasNext()).isFalse();
    }

    assertThat(Files.readAllLines(folder.resolve("transactions.csv.rejected.csv")).get(1))
        .startsWith("2," + reason);
  }

  @Test
  void namesEveryMissingColumn() throws IOException {
    Path file = write(HEADER.replace("amount,", "").replace("location.lat,", "") + "\n");

    assertThatThrownBy(() -> CsvTransactions.open(file))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(file + " lacks the columns amount, location.lat in its first line");
  }

  @Test
  void refusesAnEmptyFileAndAMissingOne() throws IOException {
    Path empty = write("");

    assertThatThrownBy(() -> CsvTransactions.open(empty))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(empty + " is empty: its first line must name the columns");
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> CsvTransactions.open(missing))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining(missing.toString());
  }

  private List<Transaction> read(String csv) throws IOException {
    List<Transaction> read = new ArrayList<>();
    try (CsvTransactions transactions = CsvTransactions.open(write(csv))) {
      transactions.forEachRemaining(read::add);
    }
    return read;
  }

  private Path write(String csv) throws IOException {
    return Files.writeString(folder.resolve("transactions.csv"), csv);
  }
}
