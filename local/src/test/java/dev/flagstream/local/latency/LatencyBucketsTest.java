package dev.flagstream.local.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

  @Test
  void eachDurationIsInTheFirstBucketWhoseBoundItDoesNotPass() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (long ms : new long[] {0, 10, 11, 900, 1_000, 400_000}) {
      histogram.record(ms);
    }

    LatencyBuckets buckets = histogram.buckets("topic");

    assertThat(buckets.stage()).isEqualTo("topic");
    assertThat(buckets.counts())
        .hasSize(LatencyBuckets.BOUNDS_MS.size() + 1)
        .containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
    assertThat(buckets.sumMs()).isCloseTo(401_921, within(4_100.0));
  }

  @Test
  void nothingRecordedIsNothingInAnyBucket() {
    LatencyBuckets none = new LatencyHistogram().buckets("store");

    assertThat(none.counts()).containsOnly(0L);
    assertThat(none.sumMs()).isZero();
  }
}
