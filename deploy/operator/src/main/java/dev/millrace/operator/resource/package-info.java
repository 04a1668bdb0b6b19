/**
 * The custom resource as it is written and stored. A field that nobody set is null in a record's constructor, since
 * neither the API server's JSON nor the generator of the definition knows Optional; the constructors put defaults in
 * its place, and methods that are no fields give an Optional where there is none.
 */
package dev.millrace.operator.resource;
