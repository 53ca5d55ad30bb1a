/** A run from its plan to its end: what is made, where it goes, when, and how it goes on. */
package dev.flagstream.generator.run;
