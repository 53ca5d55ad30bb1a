/** What analysts say of transactions. */
package dev.flagstream.dashboard.verdict;
