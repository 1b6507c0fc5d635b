package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.unpost.gateway.accounts.Reachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The manifests of Kubernetes in `config/sidecar/`.
final class KubernetesTest {

    private static final String BESIDE = "kubernetes-sidecar.yml";
    private static final String ALONE = "kubernetes-standalone.yml";

    @ParameterizedTest
    @CsvSource({
        BESIDE + ", readOnlyRootFilesystem: true, readonlyRootFilesystem: true, readonlyRootFilesystem",
        BESIDE + ", readOnlyRootFilesystem: true, readOnlyRootFilesystem: \"true\", Boolean",
        BESIDE + ", restartPolicy: Always, restartpolicy: Always, restartpolicy",
        BESIDE + ", restartPolicy: Always, restartPolicy: true, String",
        BESIDE + ", value: 0s, value: 0, String",
        BESIDE + ", containerPort: 8081, containerPort: \"8081\", Integer",
        BESIDE + ", periodSeconds: 1, periodSeconds: 1s, Integer",
        BESIDE + ", replicas: 1, replica: 1, replica",
        BESIDE + ", name: app, name: 1, String",
        BESIDE + ", - ALL, - 1, String",
        BESIDE + ", sizeLimit: 16Mi, sizelimit: 16Mi, sizelimit",
        BESIDE + ", runAsUser: 65532, 'runAsUser: 65532\n            runAsUser: 0', Duplicate",
        BESIDE + ", apiVersion: apps/v1, apiVersion: apps/v2, apps/v2",
        ALONE + ", targetPort: api, target: api, target",
        ALONE + ", secretKeyRef, secretKeyref, secretKeyref",
        ALONE + ", except:, excepted:, excepted",
        ALONE + ", egress:, egres:, egres",
        ALONE + ", unpost-caller: \"true\", unpost-caller: true, String",
        ALONE + ", app.kubernetes.io/name: unpost, app.kubernetes.io/name: 1, String",
        ALONE + ", kind: NetworkPolicy, kind: NetworkPolicies, NetworkPolicies",
    })
    void mistakeIsFound(String file, String right, String wrong, String named) {
        String yaml = Repository.sidecar(file);

        assertThat(yaml).contains(right);
        assertThatThrownBy(() -> Manifests.read(yaml.replace(right, wrong)))
                .isInstanceOf(IOException.class)
                .satisfies(thrown -> assertThat(
                                thrown instanceof JsonProcessingException json
                                        ? json.getOriginalMessage()
                                        : thrown.getMessage())
                        .contains(named));
    }

    @ParameterizedTest
    @ValueSource(strings = {BESIDE, ALONE})
    void namesMeet(String file) throws IOException {
        Manifests manifests = Manifests.read(Repository.sidecar(file));
        Deployment deployment = manifests.only(Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container unpost = unpost(pod);

        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(pod.getVolumes())
                .extracting(Volume::getName)
                .containsExactlyInAnyOrderElementsOf(unpost.getVolumeMounts().stream()
                        .map(VolumeMount::getName)
                        .toList());
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getConfigMap() != null)
                        .map(volume -> volume.getConfigMap().getName()))
                .containsExactly(manifests.only(ConfigMap.class).getMetadata().getName());
        assertThat(probes(unpost))
                .extracting(probe -> probe.getHttpGet().getPort().getStrVal())
                .isSubsetOf(
                        unpost.getPorts().stream().map(ContainerPort::getName).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {BESIDE, ALONE})
    void runsWithNothingThatItDoesNotNeed(String file) throws IOException {
        PodSpec pod = pod(file);
        SecurityContext may = unpost(pod).getSecurityContext();

        assertThat(may.getRunAsNonRoot()).isTrue();
        assertThat(may.getReadOnlyRootFilesystem()).isTrue();
        assertThat(may.getAllowPrivilegeEscalation()).isFalse();
        assertThat(may.getPrivileged()).isNull();
        assertThat(may.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(may.getCapabilities().getAdd()).isEmpty();
        assertThat(may.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    /// A file that is mounted by subPath never changes.
    @ParameterizedTest
    @ValueSource(strings = {BESIDE, ALONE})
    void changesOfAccountsAndSecretsAreSeen(String file) throws IOException {
        assertThat(unpost(pod(file)).getVolumeMounts())
                .extracting(VolumeMount::getMountPath, VolumeMount::getSubPath)
                .extracting(tuple -> tuple.toList().toString())
                .containsExactly("[/app/config, null]", "[/run/secrets/unpost, null]", "[/tmp, null]");
    }

    @ParameterizedTest
    @ValueSource(strings = {BESIDE, ALONE})
    void probesAskWhatThereIs(String file) throws IOException {
        Container unpost = unpost(pod(file));

        assertThat(probes(unpost))
                .extracting(probe -> probe.getHttpGet().getPath())
                .containsExactly("/health/readiness", "/health/readiness", "/health/liveness");
    }

    @Test
    void sidecarStartsBeforeTheApplicationAndOutlivesIt() throws IOException {
        PodSpec pod = pod(BESIDE);

        assertThat(pod.getInitContainers())
                .singleElement()
                .extracting(Container::getRestartPolicy)
                .isEqualTo("Always");
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("app");
    }

    /// It is there only while callers change to a new one.
    @Test
    void standAloneStartsWithoutAPreviousSecret() throws IOException {
        assertThat(unpost(pod(ALONE)).getEnv())
                .filteredOn(variable -> variable.getName().equals("JWT_GENERATOR_SIGNATURE_PREVIOUS_SECRET"))
                .singleElement()
                .extracting(
                        variable -> variable.getValueFrom().getSecretKeyRef().getOptional())
                .isEqualTo(true);
    }

    @Test
    void onlyCallersAndScrapersReachTheStandAlone() throws IOException {
        Manifests manifests = Manifests.read(Repository.sidecar(ALONE));
        Deployment deployment = manifests.only(Deployment.class);
        NetworkPolicy policy = manifests.only(NetworkPolicy.class);
        var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(labels)
                .isEqualTo(manifests.only(Service.class).getSpec().getSelector())
                .isEqualTo(policy.getSpec().getPodSelector().getMatchLabels());
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress())
                .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty())
                .allSatisfy(rule -> assertThat(rule.getPorts())
                        .singleElement()
                        .extracting(port -> port.getPort().getIntVal())
                        .isEqualTo(unpost(deployment.getSpec().getTemplate().getSpec())
                                .getPorts()
                                .getFirst()
                                .getContainerPort()));
    }

    /// At the third bytes where special networks begin and end, for all that comes before them.
    @Test
    void standAloneReachesWhatTheGatewayTakesForThePublicNetwork() throws IOException {
        List<Block> blocks = egress();

        assertThat(blocks).hasSize(2);
        for (int prefix = 0; prefix < 1 << 16; prefix++) {
            for (int third : List.of(0, 1, 2, 3, 99, 100, 101, 112, 113, 114, 128, 129, 130, 255)) {
                assertSameFor(ipv4(prefix << 16 | third << 8 | 16), blocks);
            }
            assertSameFor(ipv6(prefix, 0), blocks);
            assertSameFor(ipv6(0x2001, prefix), blocks);
        }
    }

    /// 6to4 leads to an address that is in it.
    @ParameterizedTest
    @ValueSource(strings = {"2002:a00:1::1", "2002:a9fe:a9fe::1", "64:ff9b::a00:1", "fd00:ec2::254", "::1"})
    void standAloneReachesNoPrivateAddress(String address) throws IOException {
        assertThat(egress()).noneMatch(block -> block.holds(InetAddress.ofLiteral(address)));
    }

    @Test
    void standAloneSendsNowhereElse() throws IOException {
        assertThat(Manifests.read(Repository.sidecar(ALONE))
                        .only(NetworkPolicy.class)
                        .getSpec()
                        .getEgress())
                .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
    }

    /// An application with a sidecar can be in the namespace of the stand-alone.
    @Test
    void namesAreOnesOwn() throws IOException {
        assertThat(names(BESIDE)).isNotEmpty().doesNotContainAnyElementsOf(names(ALONE));
    }

    private static List<String> names(String file) throws IOException {
        return Stream.concat(
                        Manifests.read(Repository.sidecar(file)).all().stream()
                                .map(manifest -> manifest.getKind() + " "
                                        + manifest.getMetadata().getName()),
                        pod(file).getVolumes().stream()
                                .filter(volume -> volume.getSecret() != null)
                                .map(volume -> "Secret " + volume.getSecret().getSecretName()))
                .toList();
    }

    private static List<Block> egress() throws IOException {
        return Manifests.read(Repository.sidecar(ALONE)).only(NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getTo().stream())
                .filter(peer -> peer.getIpBlock() != null)
                .map(peer ->
                        Block.of(peer.getIpBlock().getCidr(), peer.getIpBlock().getExcept()))
                .toList();
    }

    private static void assertSameFor(byte[] bytes, List<Block> blocks) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        boolean goesOut = blocks.stream().anyMatch(block -> block.holds(address));
        if (goesOut != Reachable.PUBLIC.allows(address)) {
            throw new AssertionError(address + (goesOut ? " is let out" : " is kept back"));
        }
    }

    private static byte[] ipv4(int address) {
        return ByteBuffer.allocate(4).putInt(address).array();
    }

    /// Any that begins so.
    private static byte[] ipv6(int first, int second) {
        return ByteBuffer.allocate(16)
                .putShort((short) first)
                .putShort((short) second)
                .put(15, (byte) 1)
                .array();
    }

    private static PodSpec pod(String file) throws IOException {
        return Manifests.read(Repository.sidecar(file))
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container unpost(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .filter(container -> container.getName().equals("unpost"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Probe> probes(Container container) {
        return List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe());
    }
}
