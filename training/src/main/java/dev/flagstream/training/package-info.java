/**
 * From labelled history to evaluated, versioned model bundles: the commands {@code train} and
 * {@code handbook}.
 */
package dev.flagstream.training;
