package io.unpost.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.unpost.gateway.accounts.AccountsRefused;
import io.unpost.gateway.accounts.Mistake;
import io.unpost.gateway.audit.AuditRefused;
import io.unpost.gateway.http.Drain;
import io.unpost.gateway.http.StartRefused;
import io.unpost.gateway.tracing.TracingRefused;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.net.BindException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Starts the gateway, or does what else is asked for.
@Command(
        name = "unpost",
        description = "Starts the gateway: one delete API for every social account.",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        usageHelpWidth = 120,
        subcommands = {Check.class, ListAccounts.class},
        footer = {
            "",
            "Settings are environment variables, among them",
            "  MICRONAUT_SERVER_PORT           the port of the API (8080)",
            "  MICRONAUT_ENVIRONMENTS          sidecar: on the loopback, without tokens; sandbox: with imitated"
                    + " providers",
            "  UNPOST_MANAGEMENT_PORT          the port of a sidecar's health and metrics (8081)",
            "  UNPOST_ACCOUNTS_FILE            the accounts (config/accounts.yml)",
            "  JWT_GENERATOR_SIGNATURE_SECRET  the secret that callers' tokens are signed with",
            "",
            "Exit status: 0, or 143 when it was asked to end; 2 for a mistake in the accounts, the settings or the"
                    + " command;",
            "1 for anything else."
        })
public final class Application implements Runnable {

    /// The exit status when the accounts or the settings are wrong.
    private static final int MISTAKEN = 2;

    /// The exit status when something else is.
    private static final int BROKEN = 1;

    private Application() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            serve();
            return;
        }
        var line = new CommandLine(new Application()).setExecutionExceptionHandler((failure, _, _) -> status(failure));
        int status = line.execute(args);
        // A command ends here: Micronaut can make a scheduler's thread while a context closes, and it keeps the JVM.
        if (status != 0 || line.getParseResult().hasSubcommand()) {
            System.exit(status);
        }
    }

    /// Starts without reading a command line, which takes long.
    private static void serve() {
        try {
            new Application().run();
        } catch (RuntimeException | Error failure) {
            System.exit(status(failure));
        }
    }

    /// Starts the gateway, and leaves it running.
    ///
    /// Not by Micronaut's own main, which closes all ports as soon as the process is asked to end.
    @Override
    public void run() {
        ApplicationContext context = new GatewayContext().start();
        NettyEmbeddedServer server = context.getBean(NettyEmbeddedServer.class).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(context, server), "drain"));
        log().info("listening on {}", server.getBoundPorts());
        if (startedWithoutItsCache()) {
            log().warn("started without the AOT cache: there is none, or it was made for another Java, jar or options;"
                    + " with -Xlog:aot:stderr in JAVA_TOOL_OPTIONS Java says which");
        }
    }

    /// Whether there was to be an AOT cache, of which Java makes no use. Java would say so by lines of its own form.
    private static boolean startedWithoutItsCache() {
        RuntimeMXBean java = ManagementFactory.getRuntimeMXBean();
        return java.getInputArguments().stream().anyMatch(argument -> argument.startsWith("-XX:AOTCache="))
                && !java.getSystemProperties().getOrDefault("java.vm.info", "").contains("sharing");
    }

    private static void end(ApplicationContext context, NettyEmbeddedServer server) {
        try {
            context.getBean(Drain.class).run(server);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop();
            context.stop();
        }
    }

    private static int status(Throwable failure) {
        List<String> mistakes = mistakes(failure);
        if (mistakes.isEmpty()) {
            log().error("the gateway cannot start", failure);
            return BROKEN;
        }
        mistakes.forEach(System.err::println);
        return MISTAKEN;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Application.class);
    }

    /// What an operator has to mend, one line each; empty where the failure is of another kind.
    private static List<String> mistakes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> switch (cause) {
                    case AccountsRefused refused -> refused.mistakes().stream().map(Mistake::toString);
                    case AuditRefused refused -> Stream.of(String.valueOf(refused.getMessage()));
                    case StartRefused refused -> Stream.of(String.valueOf(refused.getMessage()));
                    case TracingRefused refused -> Stream.of(String.valueOf(refused.getMessage()));
                    // Its message quotes the setting, which may be a secret.
                    case ConfigurationException refused
                    when isAboutPlaceholder(refused) ->
                        Stream.of("A setting holds ${, which stands for a variable in settings, and there is none of"
                                + " that name. Look for it in the environment variables and in the files of settings.");
                    case BindException _ ->
                        Stream.of("A port to listen on is taken: set MICRONAUT_SERVER_PORT (8080), or a sidecar's"
                                + " UNPOST_MANAGEMENT_PORT (8081), to another.");
                    default -> Stream.empty();
                })
                .toList();
    }

    private static boolean isAboutPlaceholder(ConfigurationException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Incomplete placeholder") || message.startsWith("Could not resolve placeholder");
    }

    /// The version that the jar was built as.
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Application.class.getPackage().getImplementationVersion();
            return new String[] {"unpost " + (version == null ? "dev" : version)};
        }
    }
}
