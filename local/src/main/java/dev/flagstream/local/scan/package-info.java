/** Looks for clear card numbers in all that a local stack keeps. */
package dev.flagstream.local.scan;
