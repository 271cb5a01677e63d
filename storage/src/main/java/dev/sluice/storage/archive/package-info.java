/** What nodes keep together: a store beyond their disks, and how blobs come there. */
package dev.sluice.storage.archive;
