/** Transactions with what was learned of them later, from files and from the simulation. */
package dev.flagstream.training.history;
