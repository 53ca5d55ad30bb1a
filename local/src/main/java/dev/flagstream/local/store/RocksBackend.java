package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the MongoDB wire server serves: databases in {@link DocumentFiles}. Thread-safe. */
final class RocksBackend extends AbstractMongoBackend {

  private final DocumentFiles files;
  private final StoreCatalog catalog;
  private final Map<String, MongoDatabase> opened = new ConcurrentHashMap<>();

  /** Serves what is in these files, and closes them in the end. */
  RocksBackend(DocumentFiles files) {
    this.files = files;
    this.catalog = new StoreCatalog(files);
    catalog.databases().forEach(this::resolveDatabase);
  }

  /** The library asks for databases that are open, too; there must not be two of one. */
  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return opened.computeIfAbsent(
        name, missing -> new RocksDatabase(missing, getCursorRegistry(), files, catalog));
  }

  @Override
  public void dropDatabase(String name) {
    super.dropDatabase(name);
    opened.remove(name);
  }

  @Override
  public void close() {
    super.close();
    files.close();
  }
}
