package dev.flagstream.local.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When decisions can be found in the store, found out by asking for few of them. */
class ArrivalsInStoreTest {

  private final Set<String> store = new HashSet<>();
  private final LatencyHistogram histogram = new LatencyHistogram();
  private long nowMs = 1_000;
  private int questions;
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
  private final ArrivalsInStore arrivals = new ArrivalsInStore(clock, this::found, histogram);

  private Set<String> found(List<String> ids) {
    questions++;
    assertThat(ids).hasSizeBetween(1, 16);
    return ids.stream().filter(store::contains).collect(Collectors.toSet());
  }

  @Test
  void countsADecisionAtTheFirstLookThatFindsIt() {
    arrivals.expect(0, "a", 1_000);
    arrivals.expect(0, "b", 1_010);
    store.add("a");

    nowMs = 1_050;
    arrivals.lookOnce();
    assertThat(histogram.all().count()).isEqualTo(1);
    assertThat(histogram.all().max()).isEqualTo(50);

    store.add("b");
    nowMs = 1_130;
    arrivals.lookOnce();
    assertThat(histogram.all().count()).isEqualTo(2);
    assertThat(histogram.all().max()).isEqualTo(120);
  }

  @Test
  void findsWithFourQuestionsWhereThousandsEnd() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int waiting = 1 + random.nextInt(4_096);
      int arrived = random.nextInt(waiting + 1);
      LatencyHistogram measured = new LatencyHistogram();
      ArrivalsInStore each = new ArrivalsInStore(clock, this::found, measured);
      store.clear();
      for (int i = 0; i < waiting; i++) {
        each.expect(round % 4, "id" + i, nowMs);
        if (i < arrived) {
          store.add("id" + i);
        }
      }
      questions = 0;

      each.lookOnce();

      assertThat(measured.all().count()).as("of %d", waiting).isEqualTo(arrived);
      assertThat(questions).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void keepsPartitionsApart() {
    arrivals.expect(0, "a", nowMs);
    arrivals.expect(1, "b", nowMs);
    store.add("b");

    arrivals.lookOnce();

    assertThat(histogram.all().count()).isEqualTo(1);
    assertThat(questions).as("asked for both at once").isEqualTo(1);
  }

  @Test
  void looksLessOftenTheLongerDecisionsTake() {
    assertThat(arrivals.pauseMs()).as("nothing waits").isEqualTo(50);

    arrivals.expect(0, "a", nowMs);
    nowMs += 300;
    assertThat(arrivals.pauseMs()).isEqualTo(50);
    nowMs += 3_700;
    assertThat(arrivals.pauseMs()).isEqualTo(200);
    nowMs += 60_000;
    assertThat(arrivals.pauseMs()).isEqualTo(500);

    arrivals.expect(1, "b", nowMs - 2_000);
    assertThat(arrivals.pauseMs()).as("another partition is quicker").isEqualTo(100);

    store.addAll(List.of("a", "b"));
    arrivals.lookOnce();
    assertThat(arrivals.pauseMs()).as("quick again").isEqualTo(50);
  }

  @Test
  void saysHowManyItDidNotFollowOfASinkThatStands() {
    for (int i = 0; i < ArrivalsInStore.MOST_WAITING + 3; i++) {
      arrivals.expect(0, "id" + i, nowMs);
    }

    assertThat(arrivals.notFollowed()).isEqualTo(3);
  }
}
