/// Traces, for those who collect them.
@NullMarked
package io.unpost.gateway.tracing;

import org.jspecify.annotations.NullMarked;
