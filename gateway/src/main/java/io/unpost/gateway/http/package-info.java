/// The way in: what callers ask, and every answer they can get.
@NullMarked
package io.unpost.gateway.http;

import org.jspecify.annotations.NullMarked;
