package io.unpost.gateway;

import io.unpost.gateway.accounts.Accounts;
import picocli.CommandLine.Command;

/// Reads all that the gateway reads when it starts, and starts nothing.
@Command(
        name = "check",
        description = "Reads the accounts and settings, prints a line for each mistake, and starts nothing.",
        mixinStandardHelpOptions = true)
final class Check implements Runnable {

    @Override
    public void run() {
        try (var context = Quietly.start()) {
            System.out.println("no mistakes; accounts: "
                    + context.getBean(Accounts.class).all().size());
        }
    }
}
