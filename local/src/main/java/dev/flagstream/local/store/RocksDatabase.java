package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;

/** A database whose collections are {@link RocksCollection}s. Thread-safe. */
final class RocksDatabase extends AbstractSynchronizedMongoDatabase<DocumentKey> {

  /** MongoDB's number for it. */
  private static final int COMMAND_NOT_SUPPORTED = 115;

  private final OpenCursors cursors;
  private final DocumentFiles files;
  private final StoreCatalog catalog;

  RocksDatabase(String name, CursorRegistry registry, DocumentFiles files, StoreCatalog catalog) {
    super(name, registry);
    this.cursors = new OpenCursors(registry);
    this.files = files;
    this.catalog = catalog;
    initializeNamespacesAndIndexes();
  }

  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    Document answer;
    if (command.equalsIgnoreCase("createIndexes")) {
      requireSortedIndexes(query);
    }
    if (command.equalsIgnoreCase("find")) {
      answer = super.handleCommand(channel, command, withBatchSize(query), databases, oplog);
    } else if (command.equalsIgnoreCase("aggregate")) {
      answer =
          PushedDownAggregation.of(query, this::collection)
              .map(pipeline -> pipeline.run(this, databases, oplog, cursors))
              .orElseGet(() -> super.handleCommand(channel, command, query, databases, oplog));
    } else {
      answer = super.handleCommand(channel, command, query, databases, oplog);
    }
    if (wantsJournal(query)) {
      files.sync();
    }
    return answer;
  }

  /** The library would take an index of places or of words for one that sorts downwards. */
  private static void requireSortedIndexes(Document query) {
    if (!(query.get("indexes") instanceof List<?> indexes)) {
      return;
    }
    for (Object index : indexes) {
      if (index instanceof Document description && description.get("key") instanceof Document key) {
        key.forEach(
            (field, kind) -> {
              if (kind instanceof String) {
                throw new MongoServerError(
                    COMMAND_NOT_SUPPORTED,
                    "CommandNotSupported",
                    "the local store has no index of the kind '%s', which is asked for '%s': only 1 and -1"
                        .formatted(kind, field));
              }
            });
      }
    }
  }

  private Optional<RocksCollection> collection(String name) {
    return Optional.ofNullable((RocksCollection) resolveCollection(name, false));
  }

  /** Gives a find a batch size if it has none: the library would answer with everything at once. */
  private static Document withBatchSize(Document find) {
    if (find.get("batchSize") instanceof Number size && size.intValue() > 0) {
      return find;
    }
    Document withSize = find.clone();
    withSize.put("batchSize", StreamCursor.USUAL_FIRST_BATCH);
    return withSize;
  }

  private static boolean wantsJournal(Document query) {
    return query.get("writeConcern") instanceof Document concern && Utils.isTrue(concern.get("j"));
  }

  @Override
  protected MongoCollection<DocumentKey> openOrCreateCollection(
      String name, CollectionOptions options) {
    return new RocksCollection(this, name, options, cursorRegistry, cursors, files, catalog);
  }

  @Override
  protected Index<DocumentKey> openOrCreateUniqueIndex(
      String collectionName, String name, List<IndexKey> keys, boolean sparse) {
    RocksCollection collection = collection(collectionName).orElseThrow();
    if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
      return new IdIndex(collection, name, keys);
    }
    return collection.openIndex(
        name, keys, sparse, true, entries -> new UniqueIndex(name, keys, sparse, entries));
  }

  @Override
  protected Index<DocumentKey> openOrCreateSecondaryIndex(
      String collectionName, String name, List<IndexKey> keys, boolean sparse) {
    RocksCollection collection = collection(collectionName).orElseThrow();
    return collection.openIndex(
        name,
        keys,
        sparse,
        false,
        entries -> new SortedIndex(collection, name, keys, sparse, entries));
  }

  @Override
  protected long getFileSize() {
    return files.bytesOnDisk();
  }

  @Override
  protected long getStorageSize() {
    return files.bytesOnDisk();
  }
}
