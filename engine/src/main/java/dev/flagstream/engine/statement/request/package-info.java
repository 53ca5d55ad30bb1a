/** What a client asks with, the session it asks in, and how it is refused. */
package dev.flagstream.engine.statement.request;
