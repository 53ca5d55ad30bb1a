/** A training from table to bundles. */
package dev.flagstream.training.run;
