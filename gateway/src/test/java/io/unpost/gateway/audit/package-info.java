@NullMarked
package io.unpost.gateway.audit;

import org.jspecify.annotations.NullMarked;
