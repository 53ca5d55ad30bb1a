package dev.flagstream.local.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.nio.file.Path;
import org.bson.Document;

/** A store of the test's own, seen through MongoDB's Java driver as its users see it. */
final class RunningStore implements AutoCloseable {

  private final StackSettings settings;
  private Store store;
  private MongoClient client;

  private RunningStore(StackSettings settings) {
    this.settings = settings;
    open();
  }

  /** Starts on the data that are there, or on none. */
  static RunningStore on(Path data) {
    return new RunningStore(settings(data));
  }

  /** Settings of a stack with these data and ports that are free. */
  static StackSettings settings(Path data) {
    return new StackSettings(Path.of(".."), data, FreePorts.pick());
  }

  private void open() {
    store = Store.start(settings);
    client = MongoClients.create(settings.mongoUri());
  }

  int port() {
    return settings.ports().mongo();
  }

  MongoClient client() {
    return client;
  }

  MongoDatabase database() {
    return client.getDatabase("test");
  }

  MongoCollection<Document> collection(String name) {
    return database().getCollection(name);
  }

  /** Stops it in order and starts it again on the same data; collections have to be asked anew. */
  void restart() {
    close();
    open();
  }

  @Override
  public void close() {
    client.close();
    store.close();
  }
}
