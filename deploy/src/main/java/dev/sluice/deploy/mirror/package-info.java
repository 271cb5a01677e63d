/** What clients are configured with, so that they pull through a node without other names. */
package dev.sluice.deploy.mirror;
