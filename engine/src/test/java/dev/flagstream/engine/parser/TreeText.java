package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Position;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Writes a tree one node a line, indented, with the position of each: {@code Arithmetic @1:8
 * operator=ADD}. Empty lists, empty optionals and false flags are left out.
 */
final class TreeText {

  private final StringBuilder text = new StringBuilder();

  private TreeText() {}

  static String of(Record node) {
    TreeText tree = new TreeText();
    tree.node("", node, 0);
    return tree.text.toString();
  }

  private void node(String label, Record node, int depth) {
    List<RecordComponent> components = List.of(node.getClass().getRecordComponents());
    line(depth, label + node.getClass().getSimpleName() + leaves(node, components));
    for (RecordComponent component : components) {
      child(component.getName(), value(node, component), depth + 1);
    }
  }

  private void child(String name, Object value, int depth) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> child(name, present, depth));
    } else if (value instanceof Collection<?> items) {
      items.stream().filter(TreeText::isNode).forEach(item -> child(name, item, depth));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> child(name + " " + key, item, depth));
    } else if (isNode(value)) {
      node(name + ": ", (Record) value, depth);
    }
  }

  private static String leaves(Record node, List<RecordComponent> components) {
    return components.stream()
        .map(component -> leaf(component.getName(), value(node, component)))
        .filter(leaf -> !leaf.isEmpty())
        .map(leaf -> " " + leaf)
        .collect(Collectors.joining());
  }

  private static String leaf(String name, Object value) {
    if (value instanceof Position at) {
      return "@" + at;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(present -> leaf(name, present)).orElse("");
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? name + "=" + number.getAsInt() : "";
    }
    if (value instanceof Collection<?> items) {
      List<Object> leaves = new ArrayList<>(items);
      leaves.removeIf(TreeText::isNode);
      return leaves.isEmpty() ? "" : name + "=" + leaves;
    }
    boolean unsetFlag = Boolean.FALSE.equals(value) && !name.equals("value");
    boolean shown = !(value instanceof Map) && !isNode(value) && !unsetFlag;
    return shown ? name + "=" + value : "";
  }

  /** Nodes are the records of the tree; intervals and types print as one word. */
  private static boolean isNode(Object value) {
    return value instanceof Record
        && !(value instanceof Position)
        && !value.getClass().getName().contains(".type.")
        && !value.getClass().getSimpleName().equals("Interval");
  }

  private static Object value(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }
}
