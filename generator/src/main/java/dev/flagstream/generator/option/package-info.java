/** Options that several commands have, and how their values are read. */
package dev.flagstream.generator.option;
