package dev.flagstream.local.latency;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/** Which of some documents a query finds. */
@FunctionalInterface
interface StoredIds {

  /**
   * Asks the store.
   *
   * @param ids some dozens
   * @return those that it has
   */
  Set<String> found(List<String> ids);

  /** Asks a collection whose documents' {@code _id} these are. */
  static StoredIds in(MongoCollection<Document> collection) {
    return ids -> {
      Set<String> found = new HashSet<>();
      collection
          .find(Filters.in("_id", ids))
          .projection(Projections.include("_id"))
          .forEach(document -> found.add(document.getString("_id")));
      return found;
    };
  }
}
