package dev.flagstream.local.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.flagstream.local.ledger.files.FileMap;
import dev.flagstream.local.ledger.files.FileMaps;
import java.util.function.Predicate;

/**
 * Documents that nothing accounts for yet: what came in while the ledger read may still do so. For
 * one thread.
 */
final class Suspects {

  /** How often each was met. */
  private final FileMap<Integer> times;

  /** None yet; they are kept in one of the maps. */
  Suspects(FileMaps maps) {
    times = maps.map(new TypeReference<>() {});
  }

  void add(String id) {
    times.merge(id, 1, Integer::sum);
  }

  /** Those that are not cleared; none are left after it. */
  Ids without(Predicate<String> cleared) {
    Ids.Counter left = new Ids.Counter();
    times.forEach(
        (id, count) -> {
          for (int i = 0; i < count && !cleared.test(id); i++) {
            left.add(id);
          }
        });
    times.clear();
    return left.ids();
  }
}
