package io.unpost.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a body that was read; null stands for null.
sealed interface Node {

    /// A string, number or boolean, as it was written.
    record Text(String text) implements Node {}

    /// An object, or an element with others in it.
    record Fields(Map<String, @Nullable Node> byName) implements Node {}

    /// An array, or elements of one name.
    record Elements(List<@Nullable Node> all) implements Node {}

    /// Something that cannot be read: it stands twice, or a defect follows it.
    record Ambiguous() implements Node {}
}
