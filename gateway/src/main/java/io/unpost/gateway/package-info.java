/// The gateway: one delete API in front of every provider's own.
@NullMarked
package io.unpost.gateway;

import org.jspecify.annotations.NullMarked;
