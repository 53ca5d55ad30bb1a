package dev.flagstream.local.command;

import dev.flagstream.client.SqlClient;
import dev.flagstream.engine.shell.LoginOptions;
import dev.flagstream.local.settings.StackOptions;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sql.SqlScripts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command "apply": sends the SQL scripts to a running server, be it the local engine or ksqlDB.
 * It speaks REST, since ksqlDB's own command line ends with 0 even if the server refuses a
 * statement.
 */
@Command(
    name = "apply",
    description =
        "Applies ksql/NN-*.sql to the running SQL server, in the order of their numbers, once it is"
            + " healthy. A second time changes nothing.",
    footer = {
      "",
      "Exit codes: 0 all scripts are applied, 1 a statement was refused or the server does not answer."
    })
public final class ApplyCommand implements Callable<Integer> {

  @Mixin private StackOptions options;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A server elsewhere, such as https://ksqldb.example.com:8088.")
  private String server;

  @Option(
      names = "--scripts",
      paramLabel = "DIR",
      description = "A folder of other scripts, NN-name.sql. Default: ksql/.")
  private Path scripts;

  @Mixin private LoginOptions login;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = PatienceConverter.class,
      defaultValue = "60",
      description = "How long to wait for the server to be healthy. Default: ${DEFAULT-VALUE}.")
  private long patienceSeconds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StackSettings settings = options.settings();
    SqlScripts found = SqlScripts.in(scripts == null ? settings.scripts() : scripts);
    SqlClient client =
        new SqlClient(server == null ? settings.sqlUrl() : server, login.credentials());
    client.awaitHealthy(Duration.ofSeconds(patienceSeconds));
    int all = found.files().size();
    PrintWriter out = spec.commandLine().getOut();
    AtomicInteger done = new AtomicInteger();
    found.applyTo(
        client,
        script -> {
          out.printf("applied %s (%d of %d)%n", script, done.incrementAndGet(), all);
          out.flush();
        });
    out.println("all scripts are applied");
    out.flush();
    return 0;
  }
}
