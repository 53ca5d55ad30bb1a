package dev.flagstream.local.settings;

import dev.flagstream.generator.producer.TransactionTopic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every property that the local stack hands to the broker, the SQL server and the Connect worker.
 *
 * <p>docker-compose.yml hands the same names and values to the real images; {@code ComposeTest}
 * compares the two, so a setting changed here has to be changed there.
 */
public final class ComponentProperties {

  /** On one machine people want to see soon what there is, and the files are small all the same. */
  private static final String LAKE_FLUSH_MS = "10000";

  private ComponentProperties() {}

  /** A single KRaft node which is broker and controller at once. */
  public static Map<String, String> broker(StackSettings settings, int controllerPort) {
    Map<String, String> broker = new LinkedHashMap<>();
    broker.put("process.roles", "broker,controller");
    broker.put("node.id", "1");
    broker.put("controller.quorum.voters", "1@" + Environment.LOOPBACK + ":" + controllerPort);
    broker.put(
        "listeners",
        "PLAINTEXT://"
            + settings.bootstrapServers()
            + ",CONTROLLER://"
            + Environment.LOOPBACK
            + ":"
            + controllerPort);
    broker.put("advertised.listeners", "PLAINTEXT://" + settings.bootstrapServers());
    broker.put("controller.listener.names", "CONTROLLER");
    broker.put("inter.broker.listener.name", "PLAINTEXT");
    broker.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    broker.put("log.dirs", settings.data().resolve("kafka").toString());
    // A mistyped topic name is an error, not a new empty topic.
    broker.put("auto.create.topics.enable", "false");
    // Records are stamped with event time: what a backfill writes would be gone within minutes.
    broker.put("log.retention.ms", "-1");
    broker.put("num.partitions", "4");
    broker.put("default.replication.factor", "1");
    broker.put("offsets.topic.replication.factor", "1");
    broker.put("offsets.topic.num.partitions", "4");
    broker.put("transaction.state.log.replication.factor", "1");
    broker.put("transaction.state.log.min.isr", "1");
    broker.put("transaction.state.log.num.partitions", "4");
    broker.put("share.coordinator.state.topic.replication.factor", "1");
    broker.put("share.coordinator.state.topic.min.isr", "1");
    broker.put("group.initial.rebalance.delay.ms", "0");
    broker.putAll(frugalBroker());
    return broker;
  }

  /** One node on a laptop: fewer threads and smaller buffers than a server's. */
  private static Map<String, String> frugalBroker() {
    return Map.of(
        "log.cleaner.dedupe.buffer.size", "4194304",
        "log.cleaner.threads", "1",
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2");
  }

  /** The SQL server, in ksqlDB's own property names. */
  public static Map<String, String> sqlServer(StackSettings settings) {
    Map<String, String> sql = new LinkedHashMap<>();
    sql.put("bootstrap.servers", settings.bootstrapServers());
    sql.put("listeners", settings.sqlUrl());
    sql.put("ksql.service.id", "flagstream_");
    sql.put("ksql.extension.dir", settings.extensions().toString());
    sql.put("ksql.connect.url", settings.connectUrl());
    sql.put("ksql.streams.state.dir", settings.data().resolve("sql/state").toString());
    sql.putAll(queries());
    sql.put("ksql.streams.replication.factor", "1");
    // What windows are restored from is kept as long as what the scripts write: retention goes by
    // event time, and a server that restarts would have forgotten the windows of a backfill.
    sql.put(
        "ksql.streams.windowstore.changelog.additional.retention.ms",
        Long.toString(TransactionTopic.RETENTION_MS));
    sql.put("ksql.internal.topic.replicas", "1");
    sql.put("ksql.logging.processing.topic.name", "ksql_processing_log");
    sql.put("ksql.logging.processing.topic.auto.create", "true");
    sql.put("ksql.logging.processing.topic.replication.factor", "1");
    sql.put("ksql.logging.processing.stream.auto.create", "true");
    // Rows may hold a clear card number; the log says where a record is, not what it says.
    // (ksqlDB's own messages quote pieces of what cannot be read all the same.)
    sql.put("ksql.logging.processing.rows.include", "false");
    sql.put("ksql.functions.card_token.key.file", settings.cardTokenKey().toString());
    sql.put("ksql.functions._global_.model.dir", settings.models().toString());
    // For all functions: IS_FRAUD, RULE_HITS and RULE_SET_VERSION have to agree.
    sql.put("ksql.functions._global_.amount.threshold", "2000.00");
    sql.put("ksql.functions._global_.away.amount.threshold", "500.00");
    sql.putAll(settings.sqlOverrides());
    return sql;
  }

  /** How the queries of the SQL server run: what their speed and what they promise hang on. */
  public static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("ksql.streams.processing.guarantee", "exactly_once_v2");
    queries.put("ksql.streams.auto.offset.reset", "earliest");
    // Fourteen queries share two cores: more than a thread for each is only more to start.
    queries.put("ksql.streams.num.stream.threads", "1");
    // A transaction passes six queries, each of which sees what the one before it has committed:
    // with ksqlDB's 2 s, a decision would come 6 s after its transaction at any load.
    queries.put("ksql.streams.commit.interval.ms", "250");
    // The queries of a server that was killed wait until its consumers are given up: not for the
    // default of 45 s. Brokers allow no less than 6 s.
    queries.put("ksql.streams.consumer.session.timeout.ms", "6000");
    queries.put("ksql.streams.consumer.heartbeat.interval.ms", "2000");
    // Rows of two to three KiB: with Kafka's 16 KiB a batch, and a reader that is answered as soon
    // as there is a byte, requests cost more than what they carry. A row waits 100 ms at most.
    queries.put("ksql.streams.producer.batch.size", "131072");
    // Rows say the same names and features again and again: half of the bytes, and less work
    // for the broker. Of what Kafka has, lz4 alone needs no library of the machine's own kind.
    queries.put("ksql.streams.producer.compression.type", "lz4");
    queries.put("ksql.streams.consumer.fetch.min.bytes", "65536");
    queries.put("ksql.streams.consumer.fetch.max.wait.ms", "100");
    return queries;
  }

  /** What the names of the queries' consumer groups and internal topics begin with. */
  public static String sqlServiceId(StackSettings settings) {
    return sqlServer(settings).get("ksql.service.id");
  }

  /** A distributed Connect worker of a group of one. */
  public static Map<String, String> connectWorker(StackSettings settings) {
    Map<String, String> worker = new LinkedHashMap<>();
    worker.put("bootstrap.servers", settings.bootstrapServers());
    worker.put("group.id", "flagstream-connect");
    worker.put("listeners", settings.connectUrl());
    worker.put("rest.advertised.host.name", Environment.LOOPBACK);
    worker.put("rest.advertised.port", Integer.toString(settings.ports().connect()));
    worker.put("plugin.path", pluginPath(settings));
    worker.put("plugin.discovery", "service_load");
    worker.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    worker.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    for (String internalTopic : new String[] {"config", "offset", "status"}) {
      worker.put(internalTopic + ".storage.topic", "_connect_" + internalTopic);
      worker.put(internalTopic + ".storage.replication.factor", "1");
    }
    worker.put("offset.storage.partitions", "4");
    worker.put("status.storage.partitions", "4");
    worker.put("offset.flush.interval.ms", "10000");
    // In a group of one nobody else can take the tasks over: no need to wait for it to come back.
    worker.put("scheduled.rebalance.max.delay.ms", "0");
    // Records of aborted transactions of the SQL engine must never reach the store.
    worker.put("consumer.isolation.level", "read_committed");
    // As with the queries: sinks of a worker that was killed go on after 6 s, not after 45 s.
    worker.put("session.timeout.ms", "6000");
    worker.put("heartbeat.interval.ms", "2000");
    worker.put("consumer.session.timeout.ms", "6000");
    worker.put("consumer.heartbeat.interval.ms", "2000");
    // As with the queries: fewer requests, each of which carries more.
    worker.put("consumer.fetch.min.bytes", "65536");
    worker.put("consumer.fetch.max.wait.ms", "100");
    // A topic that appears later is found within seconds rather than five minutes.
    worker.put("consumer.metadata.max.age.ms", "10000");
    worker.put("config.providers", "env");
    worker.putAll(environmentOfTheWorker(settings));
    return worker;
  }

  /** Without a SQL store or a lake, no start looks at the jars of its sink. */
  private static String pluginPath(StackSettings settings) {
    return settings.connectPlugins()
        + (settings.sqlStore().isEmpty() ? "" : "," + settings.sqlSinkPlugins())
        + (settings.lakeUrl().isEmpty() ? "" : "," + settings.lakeSinkPlugins());
  }

  /**
   * Stands in for the container's environment, so that the connector files can say {@code
   * ${env:MONGODB_URI}} here too.
   */
  private static Map<String, String> environmentOfTheWorker(StackSettings settings) {
    Optional<SqlStoreAddress> sqlStore = settings.sqlStore();
    return Map.of(
        "config.providers.env.class",
        "dev.flagstream.local.connect.WorkerEnvironment",
        "config.providers.env.param.SQL_STORE_URL",
        sqlStore.map(SqlStoreAddress::url).orElse(""),
        "config.providers.env.param.SQL_STORE_USER",
        sqlStore.map(SqlStoreAddress::user).orElse(""),
        "config.providers.env.param.SQL_STORE_PASSWORD",
        sqlStore.map(SqlStoreAddress::password).orElse(""),
        "config.providers.env.param.LAKE_URL",
        settings.lakeUrl().orElse(""),
        "config.providers.env.param.LAKE_FLUSH_MS",
        LAKE_FLUSH_MS,
        "config.providers.env.param.MONGODB_URI",
        settings.mongoUri() + "/?serverSelectionTimeoutMS=5000",
        "config.providers.env.param.WEBHOOK_URL",
        settings.webhook().map(WebhookAddress::url).orElse(""),
        "config.providers.env.param.WEBHOOK_CA_FILE",
        settings.webhook().flatMap(WebhookAddress::authorities).map(Path::toString).orElse(""),
        "config.providers.env.param.WEBHOOK_SECRET_FILE",
        settings.webhookSecret().toString());
  }
}
