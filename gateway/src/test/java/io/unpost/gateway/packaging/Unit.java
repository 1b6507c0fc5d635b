package io.unpost.gateway.packaging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A unit file of systemd, read by the rules of systemd.syntax(7), less the continuation of lines.
///
/// systemd itself ignores a key or value that it does not know, and says so in the journal only.
///
/// @param entries in the order of the file
/// @param mistakes what systemd would ignore or refuse, each with its line
record Unit(List<Entry> entries, List<String> mistakes) {

    private static final Pattern HEAD = Pattern.compile("\\[([A-Za-z]+)]");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)=(.*)");

    private static final String YES_OR_NO = "yes|no";
    private static final String SECONDS = "[1-9][0-9]*";
    private static final String PATH = "/[^ ]*";

    /// Keys that may be given more than once.
    private static final Set<String> LISTS = Set.of("Environment", "LoadCredential");

    /// What a section may hold, and how it is written: systemd.unit(5), systemd.service(5), systemd.exec(5),
    /// systemd.kill(5), systemd.resource-control(5).
    private static final Map<String, Map<String, String>> SECTIONS = Map.of(
            "Unit",
            Map.of(
                    "Description", ".+",
                    "Wants", "[a-z-]+\\.target",
                    "After", "[a-z-]+\\.target",
                    "StartLimitIntervalSec", SECONDS,
                    "StartLimitBurst", "[1-9][0-9]*"),
            "Service",
            Map.ofEntries(
                    Map.entry("CapabilityBoundingSet", ""),
                    Map.entry("DynamicUser", YES_OR_NO),
                    Map.entry("Environment", "[A-Z][A-Z0-9_]*=[^\" ]*|\"[A-Z][A-Z0-9_]*=[^\"]* [^\"]*\""),
                    Map.entry("EnvironmentFile", "-?" + PATH),
                    Map.entry("ExecStart", PATH + "( [^ ]+)*"),
                    Map.entry("LoadCredential", "[a-z-]+:" + PATH),
                    Map.entry("LockPersonality", YES_OR_NO),
                    Map.entry("LogsDirectory", "[a-z]+"),
                    Map.entry("LogsDirectoryMode", "0[0-7]{3}"),
                    Map.entry("MemoryMax", "[1-9][0-9]*[KMG]"),
                    Map.entry("NoNewPrivileges", YES_OR_NO),
                    Map.entry("PrivateDevices", YES_OR_NO),
                    Map.entry("PrivateTmp", YES_OR_NO),
                    Map.entry("ProtectClock", YES_OR_NO),
                    Map.entry("ProtectControlGroups", YES_OR_NO),
                    Map.entry("ProtectHome", "yes|no|read-only|tmpfs"),
                    Map.entry("ProtectHostname", YES_OR_NO),
                    Map.entry("ProtectKernelLogs", YES_OR_NO),
                    Map.entry("ProtectKernelModules", YES_OR_NO),
                    Map.entry("ProtectKernelTunables", YES_OR_NO),
                    Map.entry("ProtectProc", "noaccess|invisible|ptraceable|default"),
                    Map.entry("ProtectSystem", "yes|no|full|strict"),
                    Map.entry("RemoveIPC", YES_OR_NO),
                    Map.entry("Restart", "no|always|on-success|on-failure|on-abnormal|on-abort|on-watchdog"),
                    Map.entry("RestartPreventExitStatus", "[0-9]+"),
                    Map.entry("RestartSec", SECONDS),
                    Map.entry("RestrictAddressFamilies", "AF_[A-Z0-9]+( AF_[A-Z0-9]+)*"),
                    Map.entry("RestrictNamespaces", YES_OR_NO),
                    Map.entry("RestrictRealtime", YES_OR_NO),
                    Map.entry("RestrictSUIDSGID", YES_OR_NO),
                    Map.entry("SuccessExitStatus", "[0-9]+"),
                    Map.entry("SystemCallArchitectures", "native"),
                    Map.entry("SystemCallErrorNumber", "E[A-Z]+"),
                    Map.entry("SystemCallFilter", "~?@[a-z-]+( @[a-z-]+)*"),
                    Map.entry("TasksMax", "[1-9][0-9]*"),
                    Map.entry("TimeoutStopSec", SECONDS),
                    Map.entry("Type", "simple|exec|forking|oneshot|dbus|notify|notify-reload|idle"),
                    Map.entry("UMask", "0[0-7]{3}"),
                    Map.entry("WorkingDirectory", PATH)),
            "Install",
            Map.of("WantedBy", "[a-z-]+\\.target"));

    Unit {
        entries = List.copyOf(entries);
        mistakes = List.copyOf(mistakes);
    }

    /// One line of a section.
    record Entry(String section, String key, String value) {}

    static Unit read(String text) {
        var entries = new ArrayList<Entry>();
        var mistakes = new ArrayList<String>();
        var seen = new HashSet<String>();
        String section = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher head = HEAD.matcher(line);
            Matcher pair = PAIR.matcher(line);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (head.matches()) {
                section = head.group(1);
                if (!SECTIONS.containsKey(section)) {
                    mistakes.add(number + ": there is no section " + section);
                }
            } else if (!pair.matches()) {
                mistakes.add(number + ": neither a section nor a key with its value");
            } else {
                var entry = new Entry(section, pair.group(1), pair.group(2));
                entries.add(entry);
                String form = SECTIONS.getOrDefault(section, Map.of()).get(entry.key());
                if (form == null) {
                    mistakes.add(number + ": " + section + " has no key " + entry.key());
                } else if (!entry.value().matches(form)) {
                    mistakes.add(number + ": the value of " + entry.key() + " is no " + form);
                } else if (!seen.add(entry.key()) && !LISTS.contains(entry.key())) {
                    mistakes.add(number + ": " + entry.key() + " is given twice");
                }
            }
        }
        return new Unit(entries, mistakes);
    }

    List<String> values(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .toList();
    }
}
