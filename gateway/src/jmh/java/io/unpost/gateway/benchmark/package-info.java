/// What the pure parts of a delete cost, each beside a yardstick of the same run.
@NullMarked
package io.unpost.gateway.benchmark;

import org.jspecify.annotations.NullMarked;
