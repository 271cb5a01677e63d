/** The operations on repositories themselves: settings, resource tags, creation templates. */
package dev.sluice.gateway.ecr.repository;
