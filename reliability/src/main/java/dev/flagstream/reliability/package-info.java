/** Crash tests of the whole pipeline, each part of which is a process of its own. */
package dev.flagstream.reliability;
