@NullMarked
package io.unpost.gateway.battery;

import org.jspecify.annotations.NullMarked;
