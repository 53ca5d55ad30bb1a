package dev.flagstream.generator;

import dev.flagstream.generator.feed.Feed;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.option.LabelDelayConverter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options about the reports of frauds. */
final class LabelOptions {

  private static final String LIVE_DELAY = "10m";
  private static final String BACKFILL_DELAY = "7d";
  private static final String HANDBOOK_DELAY = "constant:7d";

  @Option(
      names = "--labels",
      paramLabel = "due|all|none",
      defaultValue = "DUE",
      description =
          "Labels of frauds, sent when they are reported: due: those within the range. all: at the"
              + " end also those that are reported later. none. Default: due.")
  private Feed.Labels labels;

  @Option(
      names = "--label-delay",
      paramLabel = "DELAY",
      converter = LabelDelayConverter.class,
      description =
          "From a fraud to its label: 7d (log-normal with this median), exponential:20s (with this"
              + " mean) or constant:7d. Default: "
              + LIVE_DELAY
              + " live, "
              + BACKFILL_DELAY
              + " for a backfill, "
              + HANDBOOK_DELAY
              + " for the handbook.")
  private LabelDelay delay;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "Writes which transactions are frauds, at once and completely, to this file (a line of"
              + " JSON each) instead of --truth-topic.")
  private Path truth;

  Feed.Labels labels() {
    return labels;
  }

  Optional<Path> truthFile() {
    return Optional.ofNullable(truth);
  }

  /** The delay that was asked for, or a default. */
  LabelDelay delay(Clock clock, Profile profile) {
    if (delay != null) {
      return delay;
    }
    if (profile == Profile.HANDBOOK) {
      return LabelDelay.parse(HANDBOOK_DELAY);
    }
    return LabelDelay.parse(clock == Clock.LIVE ? LIVE_DELAY : BACKFILL_DELAY);
  }
}
