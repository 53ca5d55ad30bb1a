/** What a decision costs in the local store, beside other stores of MongoDB's protocol. */
package dev.flagstream.benchmarks.store;
