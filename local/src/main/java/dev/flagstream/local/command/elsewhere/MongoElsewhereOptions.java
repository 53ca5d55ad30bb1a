package dev.flagstream.local.command.elsewhere;

import dev.flagstream.local.settings.Elsewhere;
import dev.flagstream.local.settings.StackSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that look at a MongoDB which may be elsewhere. */
public final class MongoElsewhereOptions {

  @Option(
      names = "--mongo-uri",
      paramLabel = "URI",
      defaultValue = "${env:FLAGSTREAM_MONGO_URI}",
      description =
          "A MongoDB elsewhere. Default: what FLAGSTREAM_MONGO_URI says, or on this machine, at"
              + " --mongo-port.")
  private String mongoUri;

  /** The same settings with this MongoDB. */
  public StackSettings in(StackSettings here) {
    return here.with(new Elsewhere(here.elsewhere().kafka(), mongoUri()));
  }

  /** MongoDB's address; empty if it is on this machine. */
  public Optional<String> mongoUri() {
    return Optional.ofNullable(mongoUri).filter(uri -> !uri.isBlank());
  }
}
