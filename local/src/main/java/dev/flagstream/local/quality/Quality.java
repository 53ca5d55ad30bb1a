package dev.flagstream.local.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How good the verdicts of a run are so far.
 *
 * @param confusion of the latest {@value Judgements#MAX} judged transactions
 * @param averagePrecision of their scores; empty if there are no scores, or no frauds yet
 * @param labels how many frauds have been reported
 */
public record Quality(Confusion confusion, OptionalDouble averagePrecision, long labels) {

  /** Before anything was judged. */
  public static final Quality NONE = new Quality(Confusion.NONE, OptionalDouble.empty(), 0);

  private static final double PERCENT = 100;

  /** In a line; a dash for what is not defined yet. */
  public String line() {
    return String.join("  of ", lines());
  }

  /** The same in two lines: how good the verdicts are, and on how much that is measured. */
  public List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "precision %s  recall %s  average precision %s",
            percent(confusion.precision()),
            percent(confusion.recall()),
            averagePrecision.isPresent()
                ? String.format(Locale.ROOT, "%.3f", averagePrecision.getAsDouble())
                : "–"),
        String.format(
            Locale.ROOT,
            "%,d frauds in %,d; %,d reported",
            confusion.frauds(),
            confusion.transactions(),
            labels));
  }

  /** The same as plain numbers, for a file. */
  public Figures figures() {
    return new Figures(
        confusion.transactions(),
        confusion.frauds(),
        confusion.truePositives(),
        confusion.falsePositives(),
        orNull(confusion.precision()),
        orNull(confusion.recall()),
        orNull(averagePrecision),
        labels);
  }

  /**
   * Plain numbers.
   *
   * @param precision null if nothing was flagged
   * @param recall null if there was no fraud
   * @param averagePrecision null if there was no score or no fraud
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Figures(
      @JsonProperty long transactions,
      @JsonProperty long frauds,
      @JsonProperty long truePositives,
      @JsonProperty long falsePositives,
      @JsonProperty Double precision,
      @JsonProperty Double recall,
      @JsonProperty Double averagePrecision,
      @JsonProperty long labels) {}

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", PERCENT * share.getAsDouble())
        : "–";
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
