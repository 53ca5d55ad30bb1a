package dev.flagstream.local.view;

import dev.flagstream.local.health.PartHealth;
import dev.flagstream.local.health.PartHealth.Trouble;
import java.util.ArrayList;
import java.util.List;

/** How a pipeline is, in lines that fit into a terminal of 80 columns and 24 lines. */
public final class StatusScreen {

  private static final int WIDTH = 80;

  /** The command says in one line what it asks, and the prompt takes the last one. */
  private static final int HEIGHT = 22;

  private static final int NAME = 12;
  private static final int ADDRESS = 29;

  private StatusScreen() {}

  /**
   * The lines.
   *
   * @param all whether every trouble is told, even if the screen is too small for them
   */
  public static List<String> of(List<PartHealth> parts, boolean all) {
    List<String> lines = new ArrayList<>();
    parts.forEach(part -> lines.addAll(facts(part)));
    lines.add("");
    List<Trouble> troubles = parts.stream().flatMap(each -> each.troubles().stream()).toList();
    if (troubles.isEmpty()) {
      lines.add("All is well.");
      return lines;
    }
    lines.add(
        troubles.size() == 1 ? "One thing is wrong:" : troubles.size() + " things are wrong:");
    for (int i = 0; i < troubles.size(); i++) {
      boolean adviceIsOpen = i > 0 && isSameAdvice(troubles, i - 1);
      List<String> what = Folding.fold("  " + troubles.get(i).what(), WIDTH);
      List<String> advice = Folding.fold("    → " + troubles.get(i).advice(), WIDTH);
      int more = troubles.size() - i;
      // A line is kept for saying that there are more.
      int room = HEIGHT - lines.size() - (more > 1 ? 1 : 0);
      if (!all && i > 0 && what.size() + advice.size() > room) {
        if (adviceIsOpen) {
          lines.addAll(advice);
        }
        lines.add("  and %d more, all of which make status OPTIONS=--all tells".formatted(more));
        break;
      }
      lines.addAll(what);
      // Of troubles in a row with one advice, the last one has it.
      if (more == 1 || !isSameAdvice(troubles, i)) {
        lines.addAll(advice);
      }
    }
    return lines;
  }

  /** The first fact stands beside the address, where there is one and room for it. */
  private static List<String> facts(PartHealth part) {
    List<String> lines = new ArrayList<>();
    String name = pad(part.part(), NAME);
    String indent = " ".repeat(NAME);
    List<String> facts = new ArrayList<>(part.state());
    if (!part.address().isEmpty()) {
      String beside = name + pad(part.address(), ADDRESS) + "  " + facts.get(0);
      if (beside.length() <= WIDTH) {
        facts.remove(0);
        lines.add(beside);
      } else {
        lines.add(name + part.address());
      }
    } else {
      lines.add(name + facts.remove(0));
    }
    facts.forEach(fact -> lines.add(indent + fact));
    return lines.stream().flatMap(line -> Folding.fold(line, WIDTH).stream()).toList();
  }

  private static boolean isSameAdvice(List<Trouble> troubles, int i) {
    return troubles.get(i).advice().equals(troubles.get(i + 1).advice());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
