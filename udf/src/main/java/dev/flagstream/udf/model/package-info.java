/**
 * Trained models inside SQL: a reader of the H2O MOJO format (numeric splits), a packed forest
 * walker whose scores equal h2o-genmodel's to the last bit, bundles that are verified before they
 * score, and the functions that call them.
 */
package dev.flagstream.udf.model;
