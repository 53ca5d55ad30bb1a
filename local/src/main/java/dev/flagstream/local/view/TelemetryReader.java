package dev.flagstream.local.view;

import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.flow.FlowMonitor;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.quality.Quality;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Gathers what the live view shows. For one thread. */
public final class TelemetryReader {

  private final FlowMonitor monitor;
  private final LongSupplier stored;
  private final Supplier<LatencyFigures> latency;
  private final Supplier<Quality> quality;
  private final FlowCounts before;
  private final long storedBefore;
  private final long startNanos;
  private final RecentRate generated = new RecentRate();
  private final RecentRate processed = new RecentRate();

  /**
   * Starts to gather; what topics and store hold already is not of this run.
   *
   * @param stored how many flagged transactions the store holds
   * @param latency of the last while
   * @param quality how good the verdicts are
   * @param startNanos when the command began, as {@link System#nanoTime}
   */
  public TelemetryReader(
      FlowMonitor monitor,
      LongSupplier stored,
      Supplier<LatencyFigures> latency,
      Supplier<Quality> quality,
      long startNanos) {
    this.monitor = monitor;
    this.stored = stored;
    this.latency = latency;
    this.quality = quality;
    this.startNanos = startNanos;
    this.before = monitor.counts();
    this.storedBefore = stored.getAsLong();
  }

  /** The counts of earlier runs. */
  public FlowCounts before() {
    return before;
  }

  /** The state of now. */
  public Telemetry read() {
    long nowNanos = System.nanoTime();
    FlowCounts counts = monitor.counts().since(before);
    return new Telemetry(
        Duration.ofNanos(nowNanos - startNanos),
        counts,
        generated.perSecond(nowNanos, counts.input()),
        processed.perSecond(nowNanos, counts.processed()),
        // An estimate may go back a little.
        Math.max(0, stored.getAsLong() - storedBefore),
        before.input(),
        monitor.lastFlagged(),
        monitor.currentWindow(),
        latency.get(),
        quality.get());
  }
}
