package dev.flagstream.dashboard.verdict;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.util.Arrays;
import java.util.Locale;

/** What an analyst says of a transaction. */
enum Verdict {
  FRAUD,
  HONEST,
  /** An earlier verdict is withdrawn. */
  NONE;

  static Verdict of(String text) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableRequestException(
                    "verdict=" + text + " is not known; give fraud, honest or none."));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
