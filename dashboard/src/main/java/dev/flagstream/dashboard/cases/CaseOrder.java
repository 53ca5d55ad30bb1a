package dev.flagstream.dashboard.cases;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.util.Arrays;
import java.util.Locale;

/** Which of the cases come first. */
public enum CaseOrder {
  /** By the transaction's own time. */
  NEWEST,
  /** By {@link ExpectedLoss}. */
  RISKIEST;

  /**
   * Reads a parameter.
   *
   * @param text null or empty for the newest first
   */
  public static CaseOrder of(String text) {
    if (text == null || text.isBlank()) {
      return NEWEST;
    }
    return Arrays.stream(values())
        .filter(order -> order.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableRequestException(
                    "order=" + text + " is not known; give newest or riskiest."));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
