package org.spdbook.weights.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import org.spdbook.weights.hub.HubException.Kind;

/**
 * What to do about an answer that is no file. The hub tells more than the status in {@code X-Error-Code}; source:
 * {@code hf_raise_for_status} of huggingface_hub.
 *
 * @param settings what was asked with
 * @param file what was asked for
 * @param from who answered, which may be another host than the endpoint
 */
record HubRefusal(HubSettings settings, HubFile file, URI from) {

    private static final long MOST_SECONDS = 300;

    /** The sentence for a status of 400 and more. */
    HubException of(int status, HttpHeaders headers) {
        String code = headers.firstValue("X-Error-Code").orElse("");
        boolean endpoint = HubToken.sameOrigin(from, settings.endpoint());
        if (!endpoint && status < 500 && status != 429) {
            // A signed address of a store that has run out: the endpoint gives a new one.
            return new HubException(
                    Kind.PASSING, file + " was refused by " + from.getHost() + " (" + status + "); try again later");
        }
        return switch (status) {
            case 401, 403 -> new HubException(Kind.FORBIDDEN, forbidden(status, code));
            case 404, 410 -> new HubException(Kind.MISSING, missing(code));
            case 429 ->
                new HubException(
                        Kind.PASSING,
                        from.getHost() + " was asked too often (429) for " + file
                                + "; wait some minutes and give the same command again"
                                + (settings.token().isPresent() ? "" : ", with HF_TOKEN set it lets more through"),
                        waiting(headers));
            default ->
                status >= 500 || status == 408 || status == 425
                        ? new HubException(
                                Kind.PASSING,
                                from.getHost() + " is in trouble (" + status + ") and did not give " + file
                                        + "; give the same command again later",
                                waiting(headers))
                        : new HubException(
                                Kind.WRONG,
                                from.getHost() + " answered " + status + " when asked for " + file
                                        + ", which a hub does not do; check HF_ENDPOINT and proxies");
        };
    }

    private String forbidden(int status, String code) {
        String page = settings.endpoint() + "/" + file.repository();
        String make = "make a token at " + settings.endpoint() + "/settings/tokens and set HF_TOKEN to it";
        String sent = settings.token()
                .map(token -> "the " + token + " was sent and is not enough")
                .orElse("no token was found in HF_TOKEN or " + settings.tokenFile());
        if (code.equals("GatedRepo")) {
            return file + " is only for accounts that have accepted its licence (" + status + "): accept it at " + page
                    + ", " + make + "; " + sent;
        }
        if (code.equals("RepoNotFound") || status == 401) {
            return file + " is not there or not public (" + status + "): check the name at " + page
                    + "; if it is private or wants its licence accepted, do that there, and " + make + "; " + sent;
        }
        return file + " may not be read (" + status + "): accept the licence at " + page
                + " if it asks for that, and give the token the right to read it, or " + make + "; " + sent;
    }

    private String missing(String code) {
        String page = settings.endpoint() + "/" + file.repository();
        if (code.equals("RevisionNotFound")) {
            return file.repository() + " has no revision " + file.revision() + " (404); its branches are listed at "
                    + page + "/tree/main";
        }
        if (code.equals("RepoNotFound")) {
            return "there is no repository " + file.repository() + " at " + settings.endpoint()
                    + " (404), or it is private; check the name";
        }
        return file.repository() + " has no file " + file.name() + " at revision " + file.revision()
                + " (404); what it has is listed at " + page + "/tree/" + file.revision()
                + (file.name().endsWith(".safetensors")
                        ? ", and some have safetensors only in a pull request: --revision refs/pr/NUMBER"
                        : "");
    }

    private static Duration waiting(HttpHeaders headers) {
        String seconds = headers.firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.min(MOST_SECONDS, Long.parseLong(seconds)))
                : Duration.ZERO;
    }
}
