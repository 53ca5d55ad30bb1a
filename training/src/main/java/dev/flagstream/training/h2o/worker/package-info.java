/** What runs inside the JVM that has H2O: the only package that uses it. */
package dev.flagstream.training.h2o.worker;
