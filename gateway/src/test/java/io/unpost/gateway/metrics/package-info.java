@NullMarked
package io.unpost.gateway.metrics;

import org.jspecify.annotations.NullMarked;
