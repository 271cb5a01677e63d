/** The HTTP edge of a node. */
package dev.sluice.gateway;
