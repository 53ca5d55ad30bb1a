/** What is logged about a record that cannot be processed, and where it stood. */
package dev.flagstream.engine.topology.log;
