/**
 * H2O in a JVM of its own: the process that drives it, and what the two say to each other. Nothing
 * here but the package {@code worker} touches H2O's classes.
 */
package dev.flagstream.training.h2o;
