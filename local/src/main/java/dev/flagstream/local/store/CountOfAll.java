package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Optional;

/**
 * The stage by which drivers and shells count all documents of a collection, which knows how many
 * it has: <code>{$group: {_id: 1, n: {$sum: 1}}}</code>.
 *
 * @param id the constant by which all is one group; may be null
 * @param field what the count is called
 */
record CountOfAll(Object id, String field) {

  private static final String ID = "_id";

  /** The only stage of a pipeline, if it is of this kind. */
  static Optional<CountOfAll> in(List<Document> stages) {
    if (stages.size() != 1
        || !(stages.get(0).get("$group") instanceof Document group)
        || group.size() != 2
        || !group.containsKey(ID)) {
      return Optional.empty();
    }
    Object id = group.get(ID);
    boolean isConstant = id == null || id instanceof Number;
    return group.keySet().stream()
        .filter(field -> isConstant && !field.equals(ID))
        .filter(field -> new Document("$sum", 1).equals(group.get(field)))
        .map(field -> new CountOfAll(id, field))
        .findFirst();
  }

  /** What the stage gives; of no documents there is no group. */
  List<Document> answer(int count) {
    return count == 0 ? List.of() : List.of(new Document(ID, id).append(field, count));
  }
}
