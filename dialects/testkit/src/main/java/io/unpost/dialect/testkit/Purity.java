package io.unpost.dialect.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.unpost.dialect.Dialect;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Whether code is a pure translator: no I/O, no clock, no chance, no environment, no threads, no state.
///
/// What is not listed here is not allowed.
final class Purity {

    private static final Set<String> PACKAGES = Set.of(
            "io.unpost.dialect",
            "org.jspecify.annotations",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio.charset",
            "java.time",
            "java.time.chrono",
            "java.time.format",
            "java.time.temporal",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream");
    private static final Set<String> CLASSES = Set.of("java.net.URI");
    private static final Pattern FORBIDDEN_CLASS = Pattern.compile(
            "java\\.lang\\.(System|Runtime|Thread|ThreadLocal|InheritableThreadLocal|Process|ProcessBuilder"
                + "|ProcessHandle|ClassLoader|Module|ModuleLayer|ScopedValue|StackWalker|StringBuffer)(\\$.*)?"
                + "|java\\.lang\\.invoke\\.(VarHandle|MethodHandleProxies)|java\\.time\\.(Clock|InstantSource)"
                + "|java\\.util\\.(Random|SplittableRandom|Timer|TimerTask|Date|Calendar|GregorianCalendar|Properties"
                + "|ResourceBundle|Scanner|ServiceLoader|Formatter|TimeZone)");
    private static final Set<String> FORBIDDEN_CALLS = Set.of(
            "java.lang.Boolean.getBoolean(java.lang.String)",
            "java.lang.Class.forName(java.lang.String)",
            "java.lang.Integer.getInteger(java.lang.String)",
            "java.lang.Long.getLong(java.lang.String)",
            "java.lang.Math.random()",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.formatted([Ljava.lang.Object;)",
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()",
            "java.nio.charset.Charset.defaultCharset()",
            "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
            "java.time.ZoneId.systemDefault()",
            "java.util.Collections.shuffle(java.util.List)",
            "java.util.Locale.getDefault()",
            "java.util.UUID.randomUUID()");
    private static final Pattern NOW = Pattern.compile("java\\.time\\..*\\.now\\(.*\\)");
    private static final Set<String> UNCHANGING = Set.of(
            "java.lang.String",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.net.URI",
            "java.time.Duration",
            "java.time.Instant",
            "java.time.ZoneId",
            "java.time.ZoneOffset",
            "java.time.format.DateTimeFormatter",
            "java.util.Locale",
            "java.util.regex.Pattern");

    private Purity() {}

    /// The classes of a dialect: those of its package that come from where it comes from, which leaves its tests out.
    static JavaClasses classesOf(Class<? extends Dialect> dialect) {
        String home = dialect.getPackageName();
        return new ClassFileImporter()
                .importUrl(dialect.getProtectionDomain().getCodeSource().getLocation())
                .that(DescribedPredicate.describe(
                        "in " + home, type -> type.getPackageName().equals(home)));
    }

    /// What is not pure in these classes, each in a line; empty where all is.
    static Collection<String> breaches(JavaClasses classes) {
        var breaches = new TreeSet<String>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if (!allowed(dependency.getTargetClass().getBaseComponentType(), classes)) {
                    breaches.add(type.getName() + " uses "
                            + dependency.getTargetClass().getBaseComponentType().getName());
                }
            }
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                String target = access.getTarget().getFullName();
                if (FORBIDDEN_CALLS.contains(target) || NOW.matcher(target).matches()) {
                    breaches.add(type.getName() + " calls " + target);
                }
            }
            for (JavaField field : type.getFields()) {
                if (!unchanging(field)) {
                    breaches.add(type.getName() + " has state in " + field.getName());
                }
            }
        }
        return breaches;
    }

    private static boolean allowed(JavaClass used, JavaClasses own) {
        if (used.isPrimitive() || own.contain(used.getName()) || CLASSES.contains(used.getName())) {
            return true;
        }
        return PACKAGES.contains(used.getPackageName())
                && !FORBIDDEN_CLASS.matcher(used.getName()).matches();
    }

    private static boolean unchanging(JavaField field) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return false;
        }
        JavaClass type = field.getRawType();
        if (type.isPrimitive()
                || type.isEnum()
                || type.isRecord()
                || UNCHANGING.contains(type.getName())
                || field.getModifiers().contains(JavaModifier.SYNTHETIC)
                || field.getOwner().isRecord()) {
            return true;
        }
        return List.of("java.util.List", "java.util.Map", "java.util.Set").contains(type.getName())
                && field.getModifiers().contains(JavaModifier.STATIC)
                && unmodifiable(field.reflect());
    }

    /// Only the collection itself shows whether it can be changed.
    private static boolean unmodifiable(Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            return value != null && value.getClass().getName().startsWith("java.util.ImmutableCollections$");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(field.toString(), e);
        }
    }
}
