/** Maps in temporary, encrypted files, for what the ledger would not have the memory for. */
package dev.flagstream.local.ledger.files;
