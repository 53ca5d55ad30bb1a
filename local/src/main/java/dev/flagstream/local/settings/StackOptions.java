package dev.flagstream.local.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/**
 * The options that every command shares: where the data lie and on which ports the parts listen.
 */
public final class StackOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The project's folder, with ksql/ and connect/. Default: ${DEFAULT-VALUE}.")
  private Path home;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path data;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "9092",
      description = "Kafka broker. Default: ${DEFAULT-VALUE}.")
  private int kafkaPort;

  @Option(
      names = "--sql-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8088",
      description = "SQL server's REST API. Default: ${DEFAULT-VALUE}.")
  private int sqlPort;

  @Option(
      names = "--connect-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "8083",
      description = "Kafka Connect's REST API. Default: ${DEFAULT-VALUE}.")
  private int connectPort;

  @Option(
      names = "--mongo-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "27017",
      description = "MongoDB wire protocol. Default: ${DEFAULT-VALUE}.")
  private int mongoPort;

  @Option(
      names = "--sql-property",
      paramLabel = "NAME=VALUE",
      description =
          "A property of the SQL server, such as ksql.functions._global_.amount.threshold=1500;"
              + " may be given several times.")
  private Map<String, String> sqlProperties = Map.of();

  @Option(
      names = "--webhook-url",
      paramLabel = "URL",
      description = "Where fraud alerts are posted, signed; see docs/webhook.md. Default: nowhere.")
  private String webhookUrl;

  @Option(
      names = "--webhook-ca",
      paramLabel = "FILE",
      description =
          "The certificates (PEM) by which the webhook's receiver is trusted. Default: those of the"
              + " JVM.")
  private Path webhookAuthorities;

  @Option(
      names = "--sinks",
      paramLabel = "NAMES",
      converter = SinkChoice.Converter.class,
      defaultValue = "mongodb",
      description =
          "Where decisions are stored: mongodb, or beside it postgresql, lake or both, as in"
              + " mongodb,lake. Default: ${DEFAULT-VALUE}.")
  private SinkChoice sinks;

  @Option(
      names = "--sql-store-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      defaultValue = "5432",
      description = "PostgreSQL, if --sinks names it. Default: ${DEFAULT-VALUE}.")
  private int sqlStorePort;

  @Option(
      names = "--lake-url",
      paramLabel = "PLACE",
      description =
          "The lake, if --sinks names it: a folder, or s3://bucket/prefix, for which the"
              + " environment has the credentials. Default: the folder lake of --data.")
  private String lakeUrl;

  /** Where PostgreSQL listens, if there is one. */
  public int sqlStorePort() {
    return sqlStorePort;
  }

  /** The settings that were asked for. */
  public StackSettings settings() {
    StackSettings settings =
        new StackSettings(
            home,
            data,
            new Ports(kafkaPort, sqlPort, connectPort, mongoPort),
            sqlProperties,
            Optional.ofNullable(webhookUrl)
                .map(url -> new WebhookAddress(url, Optional.ofNullable(webhookAuthorities))),
            sinks.postgresql() ? OptionalInt.of(sqlStorePort) : OptionalInt.empty(),
            Optional.empty(),
            Elsewhere.NOTHING);
    return sinks.lake() ? settings.withLake(lakeUrl(settings)) : settings;
  }

  /** Where the lake is, if there is one: the worker's folder is not that of the shell. */
  public String lakeUrl(StackSettings settings) {
    return lakeUrl == null
        ? settings.lakeFolder().toString()
        : lakeUrl.contains("://")
            ? lakeUrl
            : Path.of(lakeUrl).toAbsolutePath().normalize().toString();
  }
}
