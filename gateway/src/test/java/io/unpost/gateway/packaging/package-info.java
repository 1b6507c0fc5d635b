@NullMarked
package io.unpost.gateway.packaging;

import org.jspecify.annotations.NullMarked;
