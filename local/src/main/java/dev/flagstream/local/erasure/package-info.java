/** Removes what is kept of one person, and says what is left. */
package dev.flagstream.local.erasure;
