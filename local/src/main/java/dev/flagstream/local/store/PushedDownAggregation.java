package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.TypeMismatchException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An aggregation whose first stages, as far as they only choose and sort documents, are left to the
 * search: so they use an index, and no more documents are in memory than the later stages keep.
 */
final class PushedDownAggregation {

  private final RocksCollection collection;
  private final Document command;
  private final Document query = new Document();
  private final List<Document> rest;
  private Document orderBy;
  private int limit;

  private PushedDownAggregation(
      RocksCollection collection, Document command, List<Document> stages) {
    this.collection = collection;
    this.command = command;
    this.rest = new ArrayList<>(stages);
    takeMatches();
    takeSort();
  }

  /**
   * The aggregation of a command.
   *
   * @return empty if there is nothing to search: no such collection, or a change stream
   */
  static Optional<PushedDownAggregation> of(
      Document command, Function<String, Optional<RocksCollection>> collections) {
    if (!(command.get("aggregate") instanceof String name)) {
      return Optional.empty();
    }
    List<Document> stages = Aggregation.parse(command.get("pipeline"));
    if (!stages.isEmpty() && stages.get(0).containsKey("$changeStream")) {
      return Optional.empty();
    }
    return collections
        .apply(name)
        .map(collection -> new PushedDownAggregation(collection, command, stages));
  }

  private void takeMatches() {
    List<Document> matches = new ArrayList<>();
    while (first("$match").isPresent()) {
      matches.add((Document) first("$match").get());
      rest.remove(0);
    }
    if (matches.size() == 1) {
      query.putAll(matches.get(0));
    } else if (!matches.isEmpty()) {
      query.put("$and", matches);
    }
  }

  private void takeSort() {
    first("$sort")
        .ifPresent(
            sort -> {
              orderBy = (Document) sort;
              rest.remove(0);
              // The stage stays, too, and checks what it is given.
              first("$limit")
                  .filter(Number.class::isInstance)
                  .map(Number.class::cast)
                  .filter(most -> most.longValue() > 0 && most.longValue() <= Integer.MAX_VALUE)
                  .ifPresent(most -> limit = most.intValue());
            });
  }

  private Optional<Object> first(String name) {
    return rest.isEmpty() || rest.get(0).size() != 1
        ? Optional.empty()
        : Optional.ofNullable(rest.get(0).get(name)).filter(value -> isOperand(name, value));
  }

  private static boolean isOperand(String name, Object value) {
    return name.equals("$limit") || value instanceof Document;
  }

  /** Carries it out and answers with the first batch. */
  Document run(
      MongoDatabase database, DatabaseResolver databases, Oplog oplog, OpenCursors cursors) {
    if (query.isEmpty() && orderBy == null) {
      Optional<CountOfAll> countOfAll = CountOfAll.in(rest);
      if (countOfAll.isPresent()) {
        return answer(countOfAll.get().answer(collection.count()), 0);
      }
    }
    Aggregation aggregation =
        Aggregation.fromPipeline(rest, databases, database, collection, oplog);
    aggregation.validate(command);
    StreamCursor cursor =
        new StreamCursor(
            cursors.newId(),
            aggregation.runStagesAsStream(collection.find(query, orderBy, limit, rest)));
    List<Document> first = firstBatch(cursor);
    boolean more = !cursor.isEmpty();
    if (more) {
      cursors.add(cursor);
    }
    return answer(first, more ? cursor.getId() : 0L);
  }

  private List<Document> firstBatch(StreamCursor cursor) {
    try {
      return cursor.takeDocuments(batchSize());
    } catch (TypeMismatchException e) {
      throw e;
    } catch (MongoServerError e) {
      throw new MongoServerError(
          e.getCode(),
          e.getCodeName(),
          "PlanExecutor error during aggregation :: caused by :: " + e.getMessageWithoutErrorCode(),
          e);
    }
  }

  private int batchSize() {
    return command.get("cursor") instanceof Document options
            && options.get("batchSize") instanceof Number size
            && size.intValue() > 0
        ? size.intValue()
        : StreamCursor.USUAL_FIRST_BATCH;
  }

  private Document answer(List<Document> firstBatch, long cursorId) {
    Document cursor = new Document();
    cursor.put("id", cursorId);
    cursor.put("ns", collection.getFullName());
    cursor.put("firstBatch", firstBatch);
    Document answer = new Document("cursor", cursor);
    Utils.markOkay(answer);
    return answer;
  }
}
