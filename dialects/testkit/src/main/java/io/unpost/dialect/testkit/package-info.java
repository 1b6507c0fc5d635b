/// What a dialect's author needs to prove a dialect.
///
/// A dialect's test extends [io.unpost.dialect.testkit.DialectContract] and puts
/// [transcripts][io.unpost.dialect.testkit.Transcript] beside it.
@NullMarked
package io.unpost.dialect.testkit;

import org.jspecify.annotations.NullMarked;
