package dev.flagstream.local.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/**
 * Compares the 10-second windows of one collection with what must be in them: each that something
 * flagged is in, to the cent, and no other. For one thread.
 */
final class WindowAudit {

  private static final int AT_ONCE = 500;

  private final String collection;
  private final Map<String, ExpectedWindow> expected;
  private final long fromMs;
  private final Expectation expectation;
  private final ReadingProgress progress;
  private final Suspects suspects;

  /** Those that differed when they were last compared. */
  private Collection<ExpectedWindow> differing;

  private Ids unexpected = Ids.NONE;

  /**
   * An audit that has compared nothing yet.
   *
   * @param expected the windows that there must be, by their ids
   * @param fromMs windows that begin before are not looked at
   */
  WindowAudit(
      String collection,
      Map<String, ExpectedWindow> expected,
      long fromMs,
      Expectation expectation,
      ReadingProgress progress) {
    this.collection = collection;
    this.expected = expected;
    this.fromMs = fromMs;
    this.expectation = expectation;
    this.progress = progress;
    this.suspects = new Suspects(expectation.maps());
    this.differing = expected.values();
  }

  /** Compares all windows, and looks for those that there must not be. */
  void compare(MongoDatabase store) {
    differing = differing(store, expected.values());
    readOthers(store);
  }

  /** Compares again those that differed; looks for others if there were any. */
  void compareAgain(MongoDatabase store) {
    compareDiffering(store);
    if (!unexpected.isEmpty()) {
      readOthers(store);
      clearOthers();
    }
  }

  /** Compares again those that differed, a few documents by their ids. */
  void compareDiffering(MongoDatabase store) {
    differing = differing(store, differing);
  }

  /**
   * Decides about the windows that nothing accounts for. To be called once all that the store held
   * before is read from the input topic, too.
   */
  void clearOthers() {
    unexpected = suspects.without(expectation::isOpen);
  }

  /** How many windows there must be. */
  long size() {
    return expected.size();
  }

  /** Windows whose contents cannot be foretold. */
  long leftOpen() {
    return expected.keySet().stream().filter(expectation::isOpen).count();
  }

  /** The ids of those that are missing or differ. */
  Stream<String> wrong() {
    return differing.stream().map(ExpectedWindow::id).filter(id -> !expectation.isOpen(id));
  }

  /** Those that nothing flagged is in. */
  Ids unexpected() {
    return unexpected;
  }

  private void readOthers(MongoDatabase store) {
    documents(store)
        .find()
        .projection(Projections.include("_id"))
        .forEach(
            progress.counting(
                "windows of the store",
                document -> {
                  String id = idOf(document);
                  if (!expected.containsKey(id) && beginsInTime(id)) {
                    suspects.add(id);
                  }
                }));
  }

  /** As text, even of a document that no sink of ours has written. */
  private static String idOf(BsonDocument document) {
    BsonValue id = document.get("_id");
    return id.isString() ? id.asString().getValue() : id.toString();
  }

  /** Whether it does not begin before what is looked at; what does not say when, does not. */
  private boolean beginsInTime(String id) {
    try {
      return Long.parseLong(id.substring(id.lastIndexOf('|') + 1)) >= fromMs;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private List<ExpectedWindow> differing(MongoDatabase store, Collection<ExpectedWindow> windows) {
    List<ExpectedWindow> found = new ArrayList<>();
    List<ExpectedWindow> part = new ArrayList<>();
    windows.forEach(
        progress.counting(
            "windows",
            window -> {
              part.add(window);
              if (part.size() == AT_ONCE) {
                addDiffering(store, part, found);
                part.clear();
              }
            }));
    addDiffering(store, part, found);
    return found;
  }

  private void addDiffering(
      MongoDatabase store, List<ExpectedWindow> part, List<ExpectedWindow> found) {
    Map<String, BsonDocument> stored = new HashMap<>();
    documents(store)
        .find(Filters.in("_id", part.stream().map(ExpectedWindow::id).toList()))
        .forEach(document -> stored.put(idOf(document), document));
    part.stream()
        .filter(window -> !isFaithful(stored.get(window.id()), window))
        .forEach(found::add);
  }

  private MongoCollection<BsonDocument> documents(MongoDatabase store) {
    return store.getCollection(collection, BsonDocument.class);
  }

  /** Whether the document, which may be missing, says what it must of a window. */
  private static boolean isFaithful(BsonDocument document, ExpectedWindow window) {
    return document != null
        && new BsonInt64(window.transactions()).equals(document.get("transactions"))
        && Ledger.isMoney(document.get("amount_sum"), window.sum())
        && Ledger.isMoney(document.get("amount_min"), window.min())
        && Ledger.isMoney(document.get("amount_max"), window.max());
  }
}
