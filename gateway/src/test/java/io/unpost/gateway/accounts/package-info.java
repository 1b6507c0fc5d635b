@NullMarked
package io.unpost.gateway.accounts;

import org.jspecify.annotations.NullMarked;
