/// Providers imitated on the gateway itself, for trying it out; only in the environment `sandbox`.
///
/// They are written from the providers' documentation alone, apart from the dialects and from the gateway's signing, so
/// that a mistake there is not made here as well.
@NullMarked
package io.unpost.gateway.sandbox;

import org.jspecify.annotations.NullMarked;
