/** How answers go out: JSON, files of the page, events, long bodies. Knows nothing of frauds. */
package dev.flagstream.dashboard.http;
