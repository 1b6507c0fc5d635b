package io.unpost.gateway.accounts;

import java.util.Set;

/// Names that no account of the file may have, because another source has accounts of these names.
@FunctionalInterface
public interface TakenNames {

    Set<String> names();
}
