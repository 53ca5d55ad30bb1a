package dev.flagstream.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A chart with its caption.
 *
 * @param caption what one should see in it
 * @param option what Apache ECharts draws, as its option object
 * @param heightPx on the page
 */
public record Figure(String caption, ObjectNode option, int heightPx) {

  public Figure {
    Objects.requireNonNull(caption, "caption");
    Objects.requireNonNull(option, "option");
    if (heightPx < 1) {
      throw new IllegalArgumentException("a figure of " + heightPx + " px cannot be seen");
    }
  }
}
