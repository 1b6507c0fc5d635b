@NullMarked
package io.unpost.gateway.engine;

import org.jspecify.annotations.NullMarked;
