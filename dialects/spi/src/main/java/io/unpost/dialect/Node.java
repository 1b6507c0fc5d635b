package io.unpost.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a body that was read; null stands for null.
sealed interface Node {

    /// A string, number or boolean, as it was written.
    record Text(String text) implements Node {}

    /// An attribute in XML, as it was written.
    record Attribute(String text) implements Node {}

    /// An object, or an element with others in it.
    record Fields(Map<String, @Nullable Node> byName) implements Node {}

    /// An array, or elements of one name.
    record Elements(List<@Nullable Node> all) implements Node {}

    /// Something that cannot be read: it stands twice, is an attribute of the root, or a defect follows it.
    record Ambiguous() implements Node {}
}
