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
import java.io.IOException;
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

    @Test
    void standAloneReachesNoPrivateAddress() throws IOException {
        NetworkPolicy policy = Manifests.read(Repository.sidecar(ALONE)).only(NetworkPolicy.class);

        assertThat(policy.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getTo().stream())
                        .filter(peer -> peer.getIpBlock() != null)
                        .map(peer -> peer.getIpBlock().getCidr() + " but "
                                + peer.getIpBlock().getExcept()))
                .containsExactly(
                        "0.0.0.0/0 but [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12,"
                                + " 192.168.0.0/16]",
                        "::/0 but [::1/128, fc00::/7, fe80::/10]");
        assertThat(policy.getSpec().getEgress())
                .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
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
