package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.population.PopulationSize;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionGeneratorTest {

  private static final PopulationSize SMALL = new PopulationSize(300, 500, 200);
  private static final Instant START = TransactionGenerator.DEFAULT_START_TIME;
  private static final Rate RATE = Rate.perSecond(100);

  /**
   * The first thousand transactions of seed 42, hashed. Whoever changes them on purpose breaks
   * every repeated run that somebody relies on, and says so in the changelog.
   */
  private static final String KNOWN_DIGEST =
      "e9506202e10c63768193a62a6bd21951e307e7403d0e4ce14d71f540f5535a44";

  @Test
  void givesTheSameBytesForTheSameSeedOnEveryMachine() {
    assertThat(digest(lines(42, SMALL, START, RATE, 1_000))).isEqualTo(KNOWN_DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG", "hi-IN-u-nu-deva"})
  void doesNotDependOnTheLocale(String languageTag) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(languageTag));

      List<String> lines = lines(42, SMALL, START, RATE, 1_000);

      assertThat(digest(lines)).isEqualTo(KNOWN_DIGEST);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void givesOtherTransactionsForAnotherSeed() {
    List<Transaction> one = transactions(1, SMALL, START, RATE, 200);
    List<Transaction> other = transactions(2, SMALL, START, RATE, 200);

    assertThat(one)
        .extracting(Transaction::cardNumber)
        .doesNotContainAnyElementsOf(other.stream().map(Transaction::cardNumber).toList());
    assertThat(one)
        .extracting(Transaction::amount)
        .isNotEqualTo(other.stream().map(Transaction::amount).toList());
  }

  @Test
  void neverReusesAnIdWhenAnythingAboutTheRunDiffers() {
    PopulationSize otherSize = new PopulationSize(300, 501, 200);
    Set<String> ids = new HashSet<>();
    for (List<Transaction> run :
        List.of(
            transactions(42, SMALL, START, RATE, 100),
            transactions(43, SMALL, START, RATE, 100),
            transactions(42, otherSize, START, RATE, 100),
            transactions(42, SMALL, START.plusMillis(1), RATE, 100),
            transactions(42, SMALL, START, Rate.MAX, 100))) {
      run.forEach(transaction -> ids.add(transaction.transactionId()));
    }

    assertThat(ids).hasSize(5 * 100);
  }

  @Test
  void numbersTransactionsWithinARun() {
    List<Transaction> transactions = transactions(7, SMALL, START, RATE, 50_000);

    assertThat(transactions).extracting(Transaction::transactionId).doesNotHaveDuplicates();
  }

  @Test
  void letsEventTimePassAtTheRate() {
    List<Transaction> transactions = transactions(7, SMALL, START, RATE, 50_000);

    assertThat(transactions).extracting(Transaction::timestampMs).isSorted();
    long lastMs = transactions.get(transactions.size() - 1).timestampMs();
    double seconds = (lastMs - START.toEpochMilli()) / 1_000.0;
    // The standard error of 50,000 exponential gaps is 0.45 %; this allows four of them.
    assertThat(50_000 / seconds).isCloseTo(100, within(1.8));
  }

  @Test
  void spacesTransactionsUnevenlyAsIndependentArrivals() {
    List<Transaction> transactions = transactions(7, SMALL, START, Rate.perSecond(1), 20_000);

    long beforeMs = START.toEpochMilli();
    int longGaps = 0;
    for (Transaction transaction : transactions) {
      if (transaction.timestampMs() - beforeMs > 2_000) {
        longGaps++;
      }
      beforeMs = transaction.timestampMs();
    }
    // An exponential gap exceeds twice its mean with probability exp(-2).
    assertThat(longGaps / 20_000.0).isCloseTo(Math.exp(-2), within(0.01));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void makesOneToThreePercentSuspicious(long seed) {
    List<Transaction> transactions =
        transactions(seed, PopulationSize.DEFAULT, START, RATE, 50_000);

    long suspicious =
        transactions.stream().filter(TransactionGeneratorTest::looksSuspicious).count();

    assertThat(suspicious / 50_000.0).isBetween(0.01, 0.03);
  }

  @Test
  void letsHonestPeopleTravelWithoutSuspicion() {
    List<Transaction> transactions = transactions(3, PopulationSize.DEFAULT, START, RATE, 50_000);

    List<Transaction> away =
        transactions.stream().filter(TransactionGeneratorTest::isAwayFromHome).toList();

    assertThat(away.size() / 50_000.0).isBetween(0.05, 0.15);
    assertThat(away.stream().filter(TransactionGeneratorTest::looksSuspicious).count())
        .isLessThan(away.size() / 4);
  }

  @Test
  void keepsMoneyExactToTheCent() {
    assertThat(transactions(5, SMALL, START, RATE, 50_000))
        .allSatisfy(
            transaction -> {
              assertThat(transaction.amount().scale()).isEqualTo(2);
              assertThat(transaction.amount()).isGreaterThanOrEqualTo(new BigDecimal("0.50"));
              assertThat(transaction.amount()).isLessThan(new BigDecimal("100000000"));
            });
  }

  @Test
  void worksInTheSmallestWorld() {
    List<Transaction> transactions =
        transactions(9, new PopulationSize(1, 1, 1), START, RATE, 1_000);

    assertThat(transactions)
        .extracting(transaction -> transaction.location().city())
        .containsOnly(transactions.get(0).cardholder().homeCity());
  }

  /** The rule that IS_FRAUD applies by default, written down independently. */
  private static boolean looksSuspicious(Transaction transaction) {
    boolean large = transaction.amount().compareTo(new BigDecimal("2000")) >= 0;
    boolean notSmall = transaction.amount().compareTo(new BigDecimal("500")) >= 0;
    return large || (isAwayFromHome(transaction) && notSmall);
  }

  private static boolean isAwayFromHome(Transaction transaction) {
    return !transaction.location().city().equals(transaction.cardholder().homeCity());
  }

  private static List<Transaction> transactions(
      long seed, PopulationSize size, Instant start, Rate rate, int count) {
    TransactionGenerator generator = TransactionGenerator.create(seed, size, start, rate);
    List<Transaction> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(generator.next());
    }
    return transactions;
  }

  private static List<String> lines(
      long seed, PopulationSize size, Instant start, Rate rate, int count) {
    TransactionJson json = new TransactionJson();
    return transactions(seed, size, start, rate, count).stream()
        .map(transaction -> new String(json.encode(transaction), StandardCharsets.UTF_8))
        .toList();
  }

  private static String digest(List<String> lines) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
