/** Files of a store that is reached by HTTP, or by S3's protocol. */
package dev.flagstream.udf.model.store;
