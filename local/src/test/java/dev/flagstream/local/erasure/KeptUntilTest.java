package dev.flagstream.local.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptUntilTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          delete         | -1            | for ever (retention.ms=-1)
          delete         | 3153600000000 | for 100 years (retention.ms)
          delete         | 604800000     | for 7 days (retention.ms)
          delete         | 10800000      | for 3 hours (retention.ms)
          delete         | 60000         | for 60 s (retention.ms)
          compact        | 604800000     | until it is compacted: what was replaced goes once its segment is full or 7 days old (segment.ms)
          compact,delete | 604800000     | until it is compacted: what was replaced goes once its segment is full or 7 days old (segment.ms), the rest for 7 days (retention.ms)
          """)
  void saysHowLongATopicKeepsARecord(String policy, long retentionMs, String words) {
    assertThat(KeptUntil.words(policy, retentionMs, 604_800_000)).isEqualTo(words);
  }
}
