package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields of documents a search has a use for, so that the others need not be read: a decision
 * has a hundred values, and most searches want three of them. Where it is not plain, all are
 * wanted. Unchangeable once it is made.
 */
final class FieldsWanted {

  private static final String GROUP = "$group";
  private static final List<String> LOGICAL = List.of("$and", "$or", "$nor");

  /** Those that name a field otherwise than by a text with a dollar sign. */
  private static final List<String> NAME_FIELDS_OTHERWISE =
      List.of("$getField", "$function", "$accumulator");

  private final Set<String> names = new HashSet<>();
  private boolean all;

  private FieldsWanted() {}

  /**
   * Of a search.
   *
   * @param query what documents must match
   * @param orderBy fields and directions; null or empty for none
   * @param projection what is asked for of them; null or empty for all
   * @param idField null if the collection has none
   */
  static FieldsWanted of(Document query, Document orderBy, Document projection, String idField) {
    FieldsWanted wanted = new FieldsWanted();
    wanted.projection(projection, idField);
    wanted.search(query, orderBy, idField);
    return wanted;
  }

  /**
   * Of a search whose documents go into an aggregation.
   *
   * @param stages those after the search
   */
  static FieldsWanted of(Document query, Document orderBy, List<Document> stages, String idField) {
    FieldsWanted wanted = new FieldsWanted();
    // A group has nothing of a document but what its expressions name.
    if (!stages.isEmpty() && stages.get(0).size() == 1 && stages.get(0).containsKey(GROUP)) {
      wanted.expressions(stages.get(0).get(GROUP));
    } else {
      wanted.all = true;
    }
    wanted.search(query, orderBy, idField);
    return wanted;
  }

  /** The names of the fields; null if all are wanted. */
  Set<String> names() {
    return all ? null : names;
  }

  private void search(Document query, Document orderBy, String idField) {
    if (idField != null) {
      names.add(idField);
    }
    query(query);
    if (orderBy != null) {
      orderBy.keySet().forEach(this::path);
    }
  }

  private void path(String path) {
    names.add(Utils.firstFragment(path));
  }

  private void query(Document query) {
    query.forEach(
        (name, operand) -> {
          if (LOGICAL.contains(name) && operand instanceof Collection<?> parts) {
            parts.forEach(this::part);
          } else if (name.startsWith("$")) {
            all = true; // $expr and the like
          } else {
            path(name);
          }
        });
  }

  private void part(Object part) {
    if (part instanceof Document query) {
      query(query);
    } else {
      all = true;
    }
  }

  /** Only of those that name what they want, which MongoDB lets mix with no others but the id. */
  private void projection(Document projection, String idField) {
    boolean names = false;
    if (projection != null) {
      for (Map.Entry<String, Object> field : projection.entrySet()) {
        boolean wanted = Utils.isTrue(field.getValue());
        if (!isPlain(field) || (!wanted && !field.getKey().equals(idField))) {
          all = true;
        } else if (wanted) {
          names = true;
          path(field.getKey());
        }
      }
    }
    all |= !names;
  }

  private static boolean isPlain(Map.Entry<String, Object> field) {
    return (field.getValue() instanceof Number || field.getValue() instanceof Boolean)
        && !field.getKey().contains("$");
  }

  /** Whatever looks like a field is taken for one, in literals too. */
  private void expressions(Object expression) {
    if (expression instanceof Map<?, ?> operators) {
      all |= operators.keySet().stream().anyMatch(NAME_FIELDS_OTHERWISE::contains);
      operators.values().forEach(this::expressions);
    } else if (expression instanceof Collection<?> operands) {
      operands.forEach(this::expressions);
    } else if (expression instanceof String text && text.startsWith("$$")) {
      all = true; // the whole document, or a variable that may be a part of it
    } else if (expression instanceof String text && text.startsWith("$")) {
      path(text.substring(1));
    }
  }
}
