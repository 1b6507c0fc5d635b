/// Who had what deleted, and what came of it: one line before anything is sent, one before the answer.
@NullMarked
package io.unpost.gateway.audit;

import org.jspecify.annotations.NullMarked;
