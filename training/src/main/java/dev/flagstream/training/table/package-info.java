/** Labelled transactions with their features, and how they are split by time. */
package dev.flagstream.training.table;
