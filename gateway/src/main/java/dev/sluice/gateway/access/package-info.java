/** Who may do what. */
package dev.sluice.gateway.access;
