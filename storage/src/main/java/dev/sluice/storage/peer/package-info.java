/** Blobs between the nodes of a cluster: HTTP/1.1 on a port of its own, behind a shared secret. */
package dev.sluice.storage.peer;
