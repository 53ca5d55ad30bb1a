/**
 * The experiment of Le Borgne, Siblini, Lebichot and Bontempi, Reproducible Machine Learning for
 * Credit Card Fraud Detection (the Fraud Detection Handbook): its protocol, its published figures,
 * and ours beside them.
 */
package dev.flagstream.training.handbook;
