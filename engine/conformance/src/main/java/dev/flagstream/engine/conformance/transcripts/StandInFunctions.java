package dev.flagstream.engine.conformance.transcripts;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Functions with the signatures of those that were deployed when the transcripts were recorded, and
 * with the behaviour that the recorded rows show. Used where their jars are not at hand.
 */
final class StandInFunctions {

  private static final List<Class<?>> CLASSES =
      List.of(IsFraud.class, IsFraudOfPrimitive.class, IsFraudOrNull.class, ThrowsOnNull.class);

  private StandInFunctions() {}

  /** Packs the functions into a jar, to be loaded as any other. */
  static void writeTo(Path extensionDirectory) throws IOException {
    Path jar = extensionDirectory.resolve("stand-in-functions.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : CLASSES) {
        String resource = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(resource));
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }

  /** Takes a missing amount for an innocent one. */
  @UdfDescription(name = "is_fraud", description = "Large amounts and suspicious places")
  public static final class IsFraud {
    @Udf(description = "By amount and place")
    public Boolean isFraud(
        @UdfParameter("amount") Double amount, @UdfParameter("location") String location) {
      return (amount != null && amount > 900) || "Nowhere".equals(location);
    }
  }

  /** Cannot be called without an amount. */
  @UdfDescription(name = "is_fraud_prim", description = "Large amounts and suspicious places")
  public static final class IsFraudOfPrimitive {
    @Udf(description = "By amount and place")
    public boolean isFraud(
        @UdfParameter("amount") double amount, @UdfParameter("location") String location) {
      return amount > 900 || "Nowhere".equals(location);
    }
  }

  /** Does not know without an amount. */
  @UdfDescription(name = "is_fraud_nullable", description = "Large amounts and suspicious places")
  public static final class IsFraudOrNull {
    @Udf(description = "By amount and place")
    public Boolean isFraud(
        @UdfParameter("amount") Double amount, @UdfParameter("location") String location) {
      return amount == null ? null : amount > 900 || "Nowhere".equals(location);
    }
  }

  /** Throws where there is no text. */
  @UdfDescription(name = "udf_throws", description = "Fails without a text")
  public static final class ThrowsOnNull {
    @Udf(description = "True for any text")
    public boolean test(@UdfParameter("text") String text) {
      if (text == null) {
        throw new IllegalStateException("no text");
      }
      return true;
    }
  }
}
