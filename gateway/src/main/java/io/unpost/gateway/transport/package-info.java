/// The way to the providers: the only place that opens a socket to one.
@NullMarked
package io.unpost.gateway.transport;

import org.jspecify.annotations.NullMarked;
