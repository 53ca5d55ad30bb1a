package dev.flagstream.local.ledger;

import static dev.flagstream.report.PlainText.text;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that was checked, in words.
 *
 * @param passed whether it is as it must be
 * @param sentence what is as it must be, or what is not
 * @param details if it is not: ids and where they got stuck, a line each
 */
public record Check(boolean passed, String sentence, List<String> details) {

  public Check {
    details = List.copyOf(details);
  }

  /** A check that has passed. */
  public static Check passed(String sentence, Object... figures) {
    return new Check(true, text(sentence, figures), List.of());
  }

  /** A check that has not. */
  public static Check failed(List<String> details, String sentence, Object... figures) {
    return new Check(false, text(sentence, figures), details);
  }

  /** For the screen: a mark, the sentence, and the details below it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add((passed ? "✓ " : "✗ ") + sentence);
    details.forEach(detail -> lines.add("    " + detail));
    return lines;
  }
}
