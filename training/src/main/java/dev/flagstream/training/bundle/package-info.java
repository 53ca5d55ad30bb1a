/** Model bundles: what the scoring functions load. */
package dev.flagstream.training.bundle;
