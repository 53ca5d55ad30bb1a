package dev.flagstream.engine.catalog;

import dev.flagstream.engine.type.SqlType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The streams, tables and types that statements can name, as they are now. */
public interface Catalog {

  /** The stream or table of exactly this name. */
  Optional<Source> source(String name);

  /** All streams and tables, in the order they were made. */
  Collection<Source> sources();

  /** The type of exactly this name. */
  Optional<SqlType> type(String name);

  /** All named types, by name. */
  Map<String, SqlType> types();
}
