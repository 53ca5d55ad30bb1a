/**
 * Trains, with H2O, the models by which scoring is tested and measured. A program of its own: H2O
 * is on no other module's class path.
 */
package dev.flagstream.benchmarks.models;
