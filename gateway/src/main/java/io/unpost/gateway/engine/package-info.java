/// The engine: one delete from command to outcome, in a straight line.
@NullMarked
package io.unpost.gateway.engine;

import org.jspecify.annotations.NullMarked;
