package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `config/sidecar/unpost.service`.
final class UnitTest {

    private static final String TEXT = Repository.sidecar("unpost.service");
    private static final Unit UNIT = Unit.read(TEXT);

    @Test
    void isRight() {
        assertThat(UNIT.mistakes()).isEmpty();
        assertThat(UNIT.entries()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ProtectHome=yes | ProtectHom=yes | Service has no key ProtectHom",
                "ProtectHome=yes | ProtectHome=ja | the value of ProtectHome",
                "ProtectSystem=strict | ProtectSystem=Strict | the value of ProtectSystem",
                "TimeoutStopSec=30 | TimeoutStopSec=soon | the value of TimeoutStopSec",
                "TimeoutStopSec=30 | TimeoutStop=30 | Service has no key TimeoutStop",
                "SuccessExitStatus=143 | SuccessExitStatus=SIGTERM? | the value of SuccessExitStatus",
                "Restart=on-failure | Restart=on-error | the value of Restart",
                "UMask=0077 | UMask=77 | the value of UMask",
                "Environment=MICRONAUT | Environment=micronaut | the value of Environment",
                "Environment=\"JAVA | Environment=JAVA | the value of Environment",
                "ExecStart=/usr | ExecStart=usr | the value of ExecStart",
                "NoNewPrivileges=yes | NoNewPrivileges yes | neither a section",
                "RestartSec=2 | Restart=always | Restart is given twice",
                "WantedBy=multi-user.target | TimeoutStopSec=30 | Install has no key TimeoutStopSec",
                "[Service] | [Sevice] | there is no section Sevice",
            })
    void mistakeIsFound(String right, String wrong, String mistake) {
        assertThat(TEXT).contains(right);
        assertThat(Unit.read(TEXT.replace(right, wrong)).mistakes())
                .anySatisfy(found -> assertThat(found).contains(mistake));
    }

    /// 143 is the end that was asked for. 2 can be a port that is taken for a while, and then a restart mends it.
    @Test
    void failureIsTriedFiveTimesAMinute() {
        assertThat(UNIT.values("SuccessExitStatus")).containsExactly("143");
        assertThat(UNIT.values("Restart")).containsExactly("on-failure");
        assertThat(UNIT.values("RestartPreventExitStatus")).isEmpty();
        assertThat(UNIT.values("RestartSec")).containsExactly("2");
        assertThat(UNIT.values("StartLimitBurst")).containsExactly("5");
        assertThat(UNIT.values("StartLimitIntervalSec")).containsExactly("60");
    }

    @Test
    void runsWithNothingThatItDoesNotNeed() {
        assertThat(UNIT.values("DynamicUser")).containsExactly("yes");
        assertThat(UNIT.values("NoNewPrivileges")).containsExactly("yes");
        assertThat(UNIT.values("CapabilityBoundingSet")).containsExactly("");
        assertThat(UNIT.values("ProtectSystem")).containsExactly("strict");
        assertThat(UNIT.values("ProtectHome")).containsExactly("yes");
        assertThat(UNIT.values("SystemCallFilter")).containsExactly("@system-service");
    }

    /// Java compiles while it runs.
    @Test
    void memoryMayBeWrittenAndThenExecuted() {
        assertThat(UNIT.values("MemoryDenyWriteExecute")).isEmpty();
    }

    @Test
    void auditLogIsWhereItMayWrite() {
        assertThat(UNIT.values("LogsDirectory")).containsExactly("unpost");
        assertThat(UNIT.values("Environment")).contains("UNPOST_AUDIT_FILE=/var/log/unpost/audit.log");
    }

    @Test
    void secretsAreThoseOfTheAccounts() {
        List<String> names = Repository.all("(?m)/run/secrets}/(\\S+)$", Repository.sidecar("unpost/accounts.yml"));

        assertThat(UNIT.values("LoadCredential"))
                .containsExactlyElementsOf(names.stream()
                        .map(name -> name + ":/etc/unpost/secrets/" + name)
                        .toList());
    }
}
