/** The flagged transactions as analysts look through them. */
package dev.flagstream.dashboard.cases;
