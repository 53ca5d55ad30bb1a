package dev.flagstream.engine.shell;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say who asks a server with basic authentication. */
public final class LoginOptions {

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "Who you are, for a server with basic authentication.")
  private String user;

  @Option(
      names = {"-p", "--password"},
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      defaultValue = "${env:FLAGSTREAM_SQL_PASSWORD}",
      description =
          "The user's password; asked for if left out here. Default: that in"
              + " FLAGSTREAM_SQL_PASSWORD.")
  private String password;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  /**
   * User, colon, password; empty if nobody is named.
   *
   * @throws ParameterException if the user has no password
   */
  public Optional<String> credentials() {
    if (user != null && password == null) {
      throw new ParameterException(command.commandLine(), "--user needs --password");
    }
    return Optional.ofNullable(user).map(name -> name + ":" + password);
  }
}
