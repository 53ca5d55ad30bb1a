package dev.flagstream.benchmarks.sinks;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.benchmarks.store.MeasuredStore;
import dev.flagstream.local.settings.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;

/** A server of MongoDB's protocol. */
final class MongoSink implements MeasuredSink {

  /** Not the pipeline's own, as it is dropped. */
  private static final String DATABASE = "flagstream_benchmark";

  private final String uri;
  private final Supplier<Optional<Duration>> cpu;
  private final Closeable server;
  private final MongoClient client;

  private MongoSink(String uri, Supplier<Optional<Duration>> cpu, Closeable server) {
    this.uri = uri;
    this.cpu = cpu;
    this.server = server;
    this.client = MongoClients.create(uri);
  }

  private MongoSink emptied() throws IOException {
    try {
      database().drop();
      return this;
    } catch (MongoException e) {
      client.close();
      server.close();
      throw e;
    }
  }

  /** The store of the local stack, in a process of its own. */
  static MongoSink of(String uri, StackProcess process) throws IOException {
    return new MongoSink(uri, process::cpu, process::close).emptied();
  }

  /** Another server. */
  static MongoSink of(MeasuredStore server) throws IOException {
    return new MongoSink(server.uri(), server::cpu, server::close).emptied();
  }

  private MongoDatabase database() {
    return client.getDatabase(DATABASE);
  }

  private MongoCollection<Document> decisions() {
    return database().getCollection(Environment.SCORED_COLLECTION);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("connection.uri", uri, "database", DATABASE);
  }

  @Override
  public long stored() {
    try {
      return decisions().estimatedDocumentCount();
    } catch (MongoException e) {
      return -1;
    }
  }

  @Override
  public long counted() {
    return decisions().countDocuments();
  }

  @Override
  public Optional<Duration> cpu() {
    return cpu.get();
  }

  @Override
  public void close() throws IOException {
    database().drop();
    client.close();
    server.close();
  }
}
