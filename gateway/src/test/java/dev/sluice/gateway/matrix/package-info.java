/** Principals x repositories x things: exactly what is granted is answered. */
package dev.sluice.gateway.matrix;
