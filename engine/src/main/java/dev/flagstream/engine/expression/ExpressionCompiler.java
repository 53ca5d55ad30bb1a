package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.expression.RowEvaluator.Condition;
import dev.flagstream.engine.expression.RowEvaluator.ErrorListener;
import dev.flagstream.engine.type.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns expressions into code that computes them: one generated Java class for the expressions of
 * one step, or several if they are many. The generated source is logged at level DEBUG.
 * Thread-safe.
 */
public final class ExpressionCompiler {

  private static final Logger LOG = LoggerFactory.getLogger(ExpressionCompiler.class);

  /**
   * Classes and methods have limits in Java; code of so many characters is below all of them. How
   * deep its compiler goes is a matter of the stack alone.
   */
  private static final int LARGEST_CERTAIN_SOURCE = 16_000;

  /** Enough for what is nested as deeply as the parser lets it be. */
  private static final long LARGE_STACK_BYTES = 64L * 1024 * 1024;

  /**
   * A constructor has at most 65,535 bytes of code, and takes 12 of them to keep a constant. The
   * compiler would find out as well, but only after a time that grows with the square.
   */
  private static final int MOST_CONSTANTS = 5_500;

  /**
   * How many expressions are computed by one class: the compiler looks through all methods of a
   * class for each call of one.
   */
  private static final int MOST_IN_A_CLASS = 200;

  private final Map<String, ?> properties;
  private final GeneratedClasses kept;

  /**
   * Makes a compiler.
   *
   * @param properties the server's properties, from which functions take their settings
   */
  public ExpressionCompiler(Map<String, ?> properties) {
    this(properties, GeneratedClasses.ofThisProcess());
  }

  ExpressionCompiler(Map<String, ?> properties, GeneratedClasses kept) {
    this.properties = properties;
    this.kept = kept;
  }

  /**
   * Compiles expressions over rows of a schema.
   *
   * @param errors receives each value that could not be computed, on the thread that computes it
   * @throws SqlException if they are more than a Java class can hold
   */
  public RowEvaluator compile(
      List<TypedExpression> expressions, RowSchema input, ErrorListener errors) {
    int count = expressions.size();
    if (count <= MOST_IN_A_CLASS) {
      return compileClass(expressions, input, errors);
    }
    List<RowEvaluator> parts = new ArrayList<>();
    for (int start = 0; start < count; start += MOST_IN_A_CLASS) {
      int end = Math.min(start + MOST_IN_A_CLASS, count);
      parts.add(compileClass(expressions.subList(start, end), input, errors));
    }
    return (key, value) -> {
      Object[] values = new Object[count];
      for (int i = 0; i < parts.size(); i++) {
        Object[] part = parts.get(i).evaluate(key, value);
        System.arraycopy(part, 0, values, i * MOST_IN_A_CLASS, part.length);
      }
      return values;
    };
  }

  private RowEvaluator compileClass(
      List<TypedExpression> expressions, RowSchema input, ErrorListener errors) {
    JavaGenerator generator = new JavaGenerator(input, properties);
    String source = generator.evaluatorSource(expressions);
    return instance(RowEvaluator.class, source, errors, generator.constants());
  }

  /** As {@link #compile}, for one expression that is true or not. */
  public Condition compileCondition(
      TypedExpression condition, RowSchema input, ErrorListener errors) {
    JavaGenerator generator = new JavaGenerator(input, properties);
    String source = generator.conditionSource(condition);
    return instance(Condition.class, source, errors, generator.constants());
  }

  private <T> T instance(Class<T> type, String source, ErrorListener errors, Object[] constants) {
    if (constants.length > MOST_CONSTANTS) {
      throw tooLarge(null);
    }
    LOG.debug("Compiling\n{}", source);
    try {
      Optional<Class<?>> ready = kept.find(source);
      return (ready.isPresent() ? ready.get() : compiled(source))
          .asSubclass(type)
          .getConstructor(ErrorListener.class, Object[].class)
          .newInstance(errors, constants);
    } catch (StackOverflowError e) {
      throw tooLarge(e);
    } catch (CompileException | InternalCompilerException e) {
      if (source.length() > LARGEST_CERTAIN_SOURCE || isOverflow(e)) {
        throw tooLarge(e);
      }
      throw new IllegalStateException("Generated code does not compile:\n" + source, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Generated code cannot be loaded:\n" + source, e);
    }
  }

  private Class<?> compiled(String source) throws CompileException, ClassNotFoundException {
    SimpleCompiler compiler = compiler(source);
    kept.keep(source, compiler.getBytecodes());
    return compiler.getClassLoader().loadClass(JavaGenerator.CLASS_NAME);
  }

  private static SimpleCompiler compiler(String source) throws CompileException {
    try {
      return cook(source);
    } catch (StackOverflowError | CompileException | InternalCompilerException e) {
      if (isOverflow(e)) {
        return cookOnLargeStack(source);
      }
      throw e;
    }
  }

  /** The compiler says where it was when something failed, one exception around the other. */
  private static boolean isOverflow(Throwable failure) {
    return failure instanceof StackOverflowError
        || (failure.getCause() != null && isOverflow(failure.getCause()));
  }

  private static SimpleCompiler cook(String source) throws CompileException {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(ExpressionCompiler.class.getClassLoader());
    compiler.cook(source);
    return compiler;
  }

  private static SimpleCompiler cookOnLargeStack(String source) throws CompileException {
    FutureTask<SimpleCompiler> compilation = new FutureTask<>(() -> cook(source));
    Thread thread = new Thread(null, compilation, "expression-compiler", LARGE_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return compilation.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while an expression was compiled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CompileException refused) {
        throw refused;
      }
      if (e.getCause() instanceof StackOverflowError tooDeep) {
        throw tooDeep;
      }
      throw new InternalCompilerException("The compiler of expressions failed", e.getCause());
    }
  }

  private static SqlException tooLarge(Throwable cause) {
    return new SqlException(
        "The expressions of the query are too large to be compiled. Shorten them, or compute"
            + " parts of them in a stream before this one.",
        cause);
  }
}
