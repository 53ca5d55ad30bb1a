package dev.flagstream.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScaleFeedTest {

  @Test
  void letsEachCardPayOnceBeforeAnyPaysAgain() {
    ScaleFeed feed = new ScaleFeed(500, 1);

    assertThat(cards(feed, 500)).hasSize(500);
    assertThat(cards(feed, 500)).hasSize(500);
  }

  @Test
  void letsOnlySomeGoOnPaying() {
    ScaleFeed feed = new ScaleFeed(500, 1);
    Set<String> first = cards(feed, 20);
    feed.limitTo(20);

    assertThat(cards(feed, 100)).isEqualTo(first);
  }

  @Test
  void givesACardItsPaymentsWithinAWindow() {
    ScaleFeed feed = new ScaleFeed(7, 40);
    List<Transaction> payments =
        Stream.generate(feed::next)
            .limit(7 * 200)
            .collect(Collectors.groupingBy(Transaction::cardNumber))
            .values()
            .iterator()
            .next();
    Transaction last = payments.get(payments.size() - 1);
    long windowStart = last.timestampMs() - ScaleFeed.WINDOW.toMillis();

    assertThat(payments.stream().filter(each -> each.timestampMs() > windowStart)).hasSize(40);
  }

  @Test
  void makesTheSameTransactionsAgain() {
    ScaleFeed one = new ScaleFeed(100, 10);
    ScaleFeed other = new ScaleFeed(100, 10);
    List<Transaction> ofOne = new ArrayList<>();
    List<Transaction> ofOther = new ArrayList<>();
    for (int number = 0; number < 1_000; number++) {
      ofOne.add(one.next());
      ofOther.add(other.next());
    }

    assertThat(ofOne).isEqualTo(ofOther);
  }

  @Test
  void findsTheNumberInADecision() {
    assertThat(ScaleFeed.number("{\"TRANSACTION_ID\":\"scale-1203\",\"CARD_TOKEN\":\"12\"}"))
        .isEqualTo(1_203);
    assertThat(ScaleFeed.number("{\"TRANSACTION_ID\":\"another\"}")).isEqualTo(-1);
  }

  @Test
  void theScriptsGetAnotherNumberOfPartitions() {
    assertThat(PipelineOptions.withPartitions("WITH (PARTITIONS   = 4, VALUE_FORMAT = 'JSON')", 16))
        .isEqualTo("WITH (PARTITIONS   = 16, VALUE_FORMAT = 'JSON')");
  }

  private static Set<String> cards(ScaleFeed feed, int transactions) {
    Set<String> cards = new HashSet<>();
    for (int number = 0; number < transactions; number++) {
      cards.add(feed.next().cardNumber());
    }
    return cards;
  }
}
