package dev.flagstream.engine.ast;

/**
 * Where something was written: 1-based line and 1-based column in the statement's text.
 *
 * <p>Positions do not take part in equality: {@code a + 1} in SELECT equals {@code a + 1} in GROUP
 * BY, although they stand in different places.
 */
public record Position(int line, int column) {

  /** The position of a node without a text of its own, such as an expanded {@code *}. */
  public static final Position NONE = new Position(0, 0);

  @Override
  public boolean equals(Object other) {
    return other instanceof Position;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
