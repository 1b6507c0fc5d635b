/// The accounts the gateway deletes for: read from files, checked, found by name.
@NullMarked
package io.unpost.gateway.accounts;

import org.jspecify.annotations.NullMarked;
