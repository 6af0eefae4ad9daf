using Rialto.Kernel;

namespace Rialto.Repositories.Remote;

/// <summary>What Git said when a host let it down, as a refusal that tells what to do.</summary>
internal static class RemoteFailure
{
    private const int MaxWords = 300;

    /// <summary>Whether the host answered with a redirect, which is never followed.</summary>
    public static bool IsRedirect(ChildResult failed) => !failed.Succeeded && failed.ErrorText.Contains("returned error: 30", StringComparison.Ordinal);

    public static Refusal From(ChildResult failed, string host)
    {
        var words = failed.ErrorText;
        bool Says(params string[] parts) => Array.Exists(parts, part => words.Contains(part, StringComparison.OrdinalIgnoreCase));
        if (IsRedirect(failed))
            return Made("repository.redirected", $"{host} answers that the repository lies elsewhere; redirects are never followed, so give its new address.", failed, 422);
        if (Says("could not read Username", "Authentication failed", "returned error: 401", "returned error: 403"))
            return Made("repository.needs_token", $"{host} does not show this repository to strangers, or has none of that name; check the address, and for a private one set RIALTO_GIT_TOKEN (and RIALTO_GIT_TOKEN_HOST={host}).", failed, 403);
        if (Says("Host key verification failed"))
            return Made("repository.unknown_host_key", $"The ssh key of {host} is not known here, or has changed; compare it with what the host publishes and put it into ~/.ssh/known_hosts.", failed, 403);
        if (Says("Permission denied (publickey"))
            return Made("repository.needs_key", $"{host} accepts none of your ssh keys; load one into the agent (ssh-add) that may read the repository.", failed, 403);
        if (Says("SSL certificate problem", "certificate verification failed", "SSL:", "server verification failed"))
            return Made("repository.untrusted_host", $"{host} cannot prove that it is itself; if it has an authority of its own, name the authority's file with RIALTO_GIT_CA_FILE.", failed, 403);
        if (Says("not found", "does not appear to be a git repository"))
            return Made("repository.not_found", $"{host} has no such repository; check the address, and set RIALTO_GIT_TOKEN for a private one.", failed, 404);
        if (Says("not our ref", "unadvertised object", "couldn't find remote ref"))
            return Made("repository.ref_not_found", "The repository has no such commit; give a branch, a tag, or a commit that it has.", failed, 404);
        if (Says("fsck error", "error in object", "invalid object"))
            return Made("repository.damaged", "The repository holds an object that is damaged or made to do harm, so nothing of it is read; its owner finds it with git fsck.", failed, 422);
        return Made("repository.unreachable", $"The repository could not be read from {host}: the network does not reach it, or the connection broke; try again, or clone it and give the folder.", failed, 503);
    }

    // Git passes on what the host says, so it is shown on one line, cut, and without anything that would steer a terminal.
    private static Refusal Made(string code, string sentence, ChildResult failed, int status)
    {
        var line = failed.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        var shown = string.Concat(line.Where(symbol => !char.IsControl(symbol)));
        if (shown.Length > MaxWords) shown = shown[..MaxWords] + "…";
        return new Refusal(code, shown.Length > 0 ? $"{sentence} ({shown})" : sentence, status);
    }
}
