package dev.flagstream.local.containers;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The commands that a shell script calls, without what the shell itself does. */
final class ScriptCommands {

  /** Where a command can begin: a line, after an operator, a substitution, a quote or a keyword. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[|;&(']|(?<![\\w-])(?:if|then|do|else|while|until|exec|!) )\\s*(/?[a-z][\\w./-]*)(?![\\w=+(:])",
          Pattern.MULTILINE);

  private static final Pattern FUNCTION = Pattern.compile("^(\\w+)\\(\\)", Pattern.MULTILINE);

  private static final Set<String> OF_THE_SHELL =
      Set.of(
          "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
          "in", "exit", "set", "echo", "printf", "read", "trap", "wait", "true", "false", "exec",
          "export", "local", "cd", "kill", "return", "test", "command", "break", "shift");

  private ScriptCommands() {}

  static Set<String> of(String script) {
    String code =
        script
            .replaceAll("\\\\\n\\s*", " ")
            .replaceAll("(?m)(^|\\s)#.*$", "")
            .replaceAll("\\$\\(\\(.*?\\)\\)", "")
            .replaceAll("echo \"[^\"]*\"", "echo");
    TreeSet<String> found = new TreeSet<>();
    COMMAND.matcher(code).results().map(match -> match.group(1)).forEach(found::add);
    found.removeAll(OF_THE_SHELL);
    FUNCTION.matcher(code).results().map(match -> match.group(1)).forEach(found::remove);
    return found;
  }
}
