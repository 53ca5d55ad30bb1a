package dev.flagstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DatasetTest {

  private static List<Dataset.Entry> transactions(long seed) {
    Dataset dataset = new Dataset(1_000, seed);
    return IntStream.range(0, 5_000).mapToObj(dataset::transaction).toList();
  }

  @Test
  void a_transaction_is_about_240_bytes() {
    assertThat(transactions(1))
        .allSatisfy(
            entry ->
                assertThat(entry.value().getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(230, 275));
    double mean =
        transactions(1).stream().mapToInt(entry -> entry.value().length()).average().orElseThrow();
    assertThat(mean).isBetween(235.0, 265.0);
  }

  @Test
  void the_same_seed_gives_the_same_transactions() {
    assertThat(transactions(3)).isEqualTo(transactions(3)).isNotEqualTo(transactions(4));
  }

  @Test
  void the_median_of_an_even_number_of_values_lies_between_the_two_in_the_middle() {
    assertThat(Median.of(9.0, 1.0, 4.0, 2.0)).isEqualTo(3.0);
    assertThat(Median.of(9.0, 1.0, 4.0)).isEqualTo(4.0);
  }
}
