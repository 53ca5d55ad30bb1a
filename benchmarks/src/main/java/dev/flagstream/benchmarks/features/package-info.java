/** What the features of a transaction cost. */
package dev.flagstream.benchmarks.features;
