package dev.flagstream.engine.expression;

import dev.flagstream.engine.ast.Expression;
import java.util.Optional;

/**
 * What the parts of an expression stand for where it is written.
 *
 * <p>Asked for every node from the outside in, so that a whole expression can stand for a column:
 * after GROUP BY, {@code UCASE(city)} and {@code SUM(amount)} are columns of the groups.
 */
@FunctionalInterface
public interface Scope {

  /** A scope in which nothing has a name: that of constants. */
  Scope EMPTY = node -> Optional.empty();

  /** What the node as a whole stands for; empty where its parts must be looked at. */
  Optional<TypedExpression> resolve(Expression node);
}
