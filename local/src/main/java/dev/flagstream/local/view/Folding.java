package dev.flagstream.local.view;

import java.util.ArrayList;
import java.util.List;

/** Breaks long lines between words, as a terminal would not. */
public final class Folding {

  private static final int LEAST_WIDTH = 20;
  private static final String MORE_INDENT = "  ";

  private Folding() {}

  /**
   * The line in pieces that fit; those after the first are indented a little more than the line.
   *
   * @param width in columns; below {@value #LEAST_WIDTH}, as of a terminal that does not tell,
   *     nothing is folded
   */
  public static List<String> fold(String line, int width) {
    if (width < LEAST_WIDTH || line.length() <= width) {
      return List.of(line);
    }
    List<String> pieces = new ArrayList<>();
    String indent = line.substring(0, line.length() - line.stripLeading().length()) + MORE_INDENT;
    String rest = line;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > indent.length() ? space : width;
      pieces.add(rest.substring(0, end).stripTrailing());
      rest = indent + rest.substring(end).stripLeading();
    }
    pieces.add(rest);
    return pieces;
  }
}
