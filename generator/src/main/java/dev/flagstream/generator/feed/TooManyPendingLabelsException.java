package dev.flagstream.generator.feed;

import java.util.Locale;

/** More labels wait for their time than memory was meant for. */
public final class TooManyPendingLabelsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyPendingLabelsException(int max) {
    super(
        String.format(
            Locale.ROOT,
            "more than %,d labels wait to be reported: give a shorter --label-delay, a lower"
                + " --rate, or --labels none",
            max));
  }
}
