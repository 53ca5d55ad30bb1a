package dev.flagstream.engine.expression;

import dev.flagstream.engine.expression.TypedExpression.Branch;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the columns an expression refers to. */
public final class ColumnUses {

  private ColumnUses() {}

  /** The names of the columns, in the order in which they are met. */
  public static Set<String> of(TypedExpression expression) {
    Set<String> names = new LinkedHashSet<>();
    collect(expression, names);
    return names;
  }

  private static void collect(TypedExpression expression, Set<String> names) {
    if (expression instanceof ColumnReference column) {
      names.add(column.name());
    }
    parts(expression).forEach(part -> collect(part, names));
  }

  /** The expressions directly inside an expression. */
  static List<TypedExpression> parts(TypedExpression expression) {
    return expression.accept(PARTS);
  }

  private static final TypedExpression.Visitor<List<TypedExpression>> PARTS =
      new TypedExpression.Visitor<>() {
        @Override
        public List<TypedExpression> visitNull(TypedExpression.Null node) {
          return List.of();
        }

        @Override
        public List<TypedExpression> visitLiteral(TypedExpression.Literal node) {
          return List.of();
        }

        @Override
        public List<TypedExpression> visitUnitOfTime(TypedExpression.UnitOfTime node) {
          return List.of();
        }

        @Override
        public List<TypedExpression> visitColumn(ColumnReference node) {
          return List.of();
        }

        @Override
        public List<TypedExpression> visitLambdaParameter(TypedExpression.LambdaParameter node) {
          return List.of();
        }

        @Override
        public List<TypedExpression> visitLambda(TypedExpression.LambdaExpression node) {
          return List.of(node.body());
        }

        @Override
        public List<TypedExpression> visitCall(TypedExpression.Call node) {
          return node.arguments();
        }

        @Override
        public List<TypedExpression> visitArithmetic(TypedExpression.Arithmetic node) {
          return List.of(node.left(), node.right());
        }

        @Override
        public List<TypedExpression> visitNegate(TypedExpression.Negate node) {
          return List.of(node.operand());
        }

        @Override
        public List<TypedExpression> visitComparison(TypedExpression.Comparison node) {
          return List.of(node.left(), node.right());
        }

        @Override
        public List<TypedExpression> visitLogical(TypedExpression.Logical node) {
          return List.of(node.left(), node.right());
        }

        @Override
        public List<TypedExpression> visitNot(TypedExpression.Not node) {
          return List.of(node.operand());
        }

        @Override
        public List<TypedExpression> visitIsNull(TypedExpression.IsNull node) {
          return List.of(node.operand());
        }

        @Override
        public List<TypedExpression> visitIn(TypedExpression.In node) {
          return joined(List.of(node.operand()), node.candidates());
        }

        @Override
        public List<TypedExpression> visitLike(TypedExpression.Like node) {
          return List.of(node.operand(), node.pattern());
        }

        @Override
        public List<TypedExpression> visitCase(TypedExpression.Case node) {
          List<TypedExpression> parts = new ArrayList<>();
          for (Branch branch : node.branches()) {
            parts.add(branch.condition());
            parts.add(branch.result());
          }
          return joined(parts, optional(node.otherwise()));
        }

        @Override
        public List<TypedExpression> visitCast(TypedExpression.Cast node) {
          return List.of(node.operand());
        }

        @Override
        public List<TypedExpression> visitFieldOf(TypedExpression.FieldOf node) {
          return List.of(node.struct());
        }

        @Override
        public List<TypedExpression> visitElementOf(TypedExpression.ElementOf node) {
          return List.of(node.base(), node.index());
        }

        @Override
        public List<TypedExpression> visitNewArray(TypedExpression.NewArray node) {
          return node.elements();
        }

        @Override
        public List<TypedExpression> visitNewMap(TypedExpression.NewMap node) {
          return joined(node.keys(), node.values());
        }

        @Override
        public List<TypedExpression> visitNewStruct(TypedExpression.NewStruct node) {
          return node.values();
        }
      };

  private static List<TypedExpression> joined(
      List<TypedExpression> first, List<TypedExpression> second) {
    List<TypedExpression> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<TypedExpression> optional(Optional<TypedExpression> expression) {
    return expression.map(List::of).orElse(List.of());
  }
}
