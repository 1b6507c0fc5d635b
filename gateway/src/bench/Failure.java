/// Why there are no figures.
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    Failure(String why) {
        super(why);
    }
}
