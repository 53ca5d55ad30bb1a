package dev.flagstream.local.alerts;

import static dev.flagstream.report.PlainText.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** An alert as one line of text. Immutable. */
public final class AlertLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final DateTimeFormatter time;
  private final boolean coloured;

  /** Lines with times in a zone, and with colours by severity if the terminal shows them. */
  public AlertLine(ZoneId zone, boolean coloured) {
    this.time = TIME.withZone(zone);
    this.coloured = coloured;
  }

  /**
   * As {@link #of}, in one line of a terminal: what does not fit is cut off.
   *
   * @param columns how wide the terminal is; 0 if there is none, and nothing is cut
   */
  public String of(FraudAlert alert, int columns) {
    AttributedString whole = AttributedString.fromAnsi(of(alert));
    if (columns <= 0 || whole.columnLength() <= columns) {
      return of(alert);
    }
    AttributedString cut =
        AttributedString.join(
            AttributedString.EMPTY,
            whole.columnSubSequence(0, columns - 1),
            new AttributedString("…"));
    return coloured ? cut.toAnsi() : cut.toString();
  }

  /** When, how severe, what is at stake, which card and why; without a line end. */
  public String of(FraudAlert alert) {
    JsonNode fields = alert.fields();
    String begin =
        text(
            "%s  %-8s  %-5s  ",
            time.format(Instant.ofEpochMilli(fields.path("event_time").asLong())),
            alert.severity(),
            alert.opensIncident() ? "new" : "worse");
    return painted(begin, alert.severity())
        + text(
            "%,12.2f at stake  card …%s  %s  %s",
            fields.path("expected_loss").decimalValue(),
            shown(fields.path("card_last4")),
            place(fields),
            String.join(", ", details(alert)));
  }

  private static List<String> details(FraudAlert alert) {
    JsonNode fields = alert.fields();
    List<String> details = new ArrayList<>();
    long transactions = fields.path("transactions").asLong();
    if (transactions > 1) {
      details.add(
          text("%,d payments of %,.2f", transactions, fields.path("amount_sum").decimalValue()));
    } else {
      details.add(
          text("%,.2f %s", fields.path("amount").decimalValue(), shown(fields.path("currency")))
              .strip());
    }
    long suppressed = fields.path("suppressed").asLong();
    if (suppressed > 0) {
      details.add(text("%,d of them not told before", suppressed));
    }
    fields.path("rule_hits").forEach(rule -> details.add(shown(rule)));
    if (fields.path("fraud_probability").isNumber()) {
      details.add(text("fraud by %.0f %%", 100 * fields.path("fraud_probability").doubleValue()));
    }
    details.add(shown(fields.path("transaction_id")));
    return details;
  }

  private static String place(JsonNode fields) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("merchant", "city", "country")) {
      if (fields.hasNonNull(name)) {
        parts.add(shown(fields.path(name)));
      }
    }
    return parts.isEmpty() ? "place unknown" : String.join(", ", parts);
  }

  /** A text that strangers wrote, without the characters that steer a terminal. */
  private static String shown(JsonNode text) {
    return text.isMissingNode() || text.isNull() ? "" : text.asText().replaceAll("\\p{Cntrl}", "�");
  }

  private String painted(String begin, Severity severity) {
    return coloured ? new AttributedString(begin, style(severity)).toAnsi() : begin;
  }

  private static AttributedStyle style(Severity severity) {
    return switch (severity) {
      case LOW -> AttributedStyle.DEFAULT;
      case MEDIUM -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
      case HIGH -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
      case CRITICAL -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    };
  }
}
