using System.Text.RegularExpressions;
using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Sources;

/// <summary>Reads a SOURCE as a user types it. The order of the questions is the meaning: an existing folder wins, then URLs, then <c>owner/name</c>.</summary>
internal static class SourceParser
{
    private const int MaxLength = 4096;

    /// <exception cref="Refusal">Codes beginning <c>source.</c>, and <c>repository.not_found</c> for a folder that does not exist.</exception>
    public static SourceName Parse(string source)
    {
        if (string.IsNullOrWhiteSpace(source)) throw Bad("source.empty", "Name a repository: a folder, an https:// address, or owner/name on GitHub.");
        if (source.Length > MaxLength || source.Any(char.IsControl)) throw Bad("source.malformed", "The source holds control characters or is over 4096 characters; give a folder, an https:// address, or owner/name.");
        if (source[0] == '-') throw Bad("source.option_like", $"\"{Shown(source)}\" begins with a dash, so a program could take it for an option; write ./{Shown(source)} for a folder of that name.");

        return Existing(source) is { } local ? local : ParseAddress(source);
    }

    /// <summary>The same without a look at this machine's folders: what a stranger names is an address.</summary>
    /// <exception cref="Refusal">As <see cref="Parse"/>.</exception>
    public static SourceName ParseAddress(string source)
    {
        if (source.Length is 0 or > MaxLength || source[0] == '-' || source.Any(char.IsControl)) throw Bad("source.malformed", "Name a repository by its https:// address, or as owner/name on GitHub.");
        if (TransportPrefix.Match(source) is { Success: true } transport)
            throw Bad("source.transport", $"{transport.Groups[1].Value}:: runs a program of the source's choosing and is never accepted; use an https:// or ssh:// address.");
        if (source.Contains("://", StringComparison.Ordinal)) return FromUrl(source);
        if (LooksLikeFolder(source)) throw NotFound(source);
        if (ScpLike.Match(source) is { Success: true } scp)
            return Remote("ssh", scp.Groups["host"].Value, null, scp.Groups["user"].Value, scp.Groups["path"].Value);
        if (ShortName.Match(source) is { Success: true } name)
            return Remote("https", "github.com", null, null, source);
        if (source.Contains('@') && source.Contains(':'))
            throw Bad("source.malformed", $"\"{Shown(source)}\" is neither user@host:path nor an address; write ssh://user@host/path.");
        throw NotFound(source);
    }

    /// <summary>Whether the text is <c>owner/name</c>, as on GitHub, perhaps with a reference.</summary>
    public static bool IsShortName(string text) => ShortName.IsMatch(text);

    /// <summary>A reference the user typed.</summary>
    /// <exception cref="Refusal"><c>source.bad_ref</c></exception>
    public static string CheckedRef(string text) => RefName.IsSound(text)
        ? text
        : throw Bad("source.bad_ref", $"\"{Shown(text)}\" cannot be the name of a branch, tag or commit; write it as git branch and git tag show it.");

    private static LocalSource? Existing(string source)
    {
        if (Directory.Exists(source)) return new LocalSource(source, null);
        // The longest folder that exists wins, so a folder whose name holds an @ is found before it is split.
        for (var at = source.LastIndexOf('@'); at > 0; at = source.LastIndexOf('@', at - 1))
            if (Directory.Exists(source[..at])) return new LocalSource(source[..at], CheckedRef(source[(at + 1)..]));
        return null;
    }

    private static RemoteSource FromUrl(string source)
    {
        var split = source.IndexOf("://", StringComparison.Ordinal);
        var scheme = source[..split].ToLowerInvariant();
        if (scheme is "http") throw Bad("source.insecure", "http:// can be read and changed on its way; use https://.");
        if (scheme is "git") throw Bad("source.insecure", "git:// can be read and changed on its way; use https:// or ssh://.");
        if (scheme is "file") throw Bad("source.file_url", "file:// is not accepted; give the folder itself, such as /srv/git/name.");
        if (scheme is not ("https" or "ssh")) throw Bad("source.scheme", $"{Shown(scheme)}:// is not accepted; use https:// or ssh://.");

        var rest = source[(split + 3)..];
        var slash = rest.IndexOfAny(['/', '?', '#', '\\']);
        var authority = slash < 0 ? rest : rest[..slash];
        if (slash < 0 || rest[slash] != '/') throw Bad("source.malformed", "The address names no repository after the host; write https://host/owner/name.");
        var (user, host, port) = Authority.Split(scheme, authority);
        return Remote(scheme, host, port, user, rest[(slash + 1)..]);
    }

    private static RemoteSource Remote(string scheme, string host, int? port, string? user, string pathAndRef)
    {
        var at = pathAndRef.IndexOf('@');
        var path = (at < 0 ? pathAndRef : pathAndRef[..at]).Trim('/');
        var reference = at < 0 ? null : CheckedRef(pathAndRef[(at + 1)..]);
        if (path.Length == 0 || path[0] == '-' || !PathShape.IsMatch(path) || path.Split('/').Any(part => part is "" or "." or ".." || part[0] == '-'))
            throw Bad("source.bad_path", "The address's path may hold letters, digits and . _ ~ + - between single slashes, nothing else; copy it from the host's clone button.");
        return new RemoteSource(scheme, HostName.Checked(host), port, user, path, reference);
    }

    private static bool LooksLikeFolder(string source) => source[0] is '/' or '.' or '~' || source.Contains('\\');

    private static Refusal NotFound(string source) => new("repository.not_found", $"There is no folder \"{Shown(source)}\" here; give a folder, an https:// address, or owner/name on GitHub.", 404);

    private static Refusal Bad(string code, string sentence) => new(code, sentence, 400);

    // "user:password@host" is no address, but what stands before the @ may well be a password.
    private static string Shown(string text) => LoginBefore.Replace(Redaction.Clean(text.Length > 200 ? text[..200] + "…" : text), Redaction.Mark + "@");

    private static readonly LinearPattern LoginBefore = new(@"^[^/\s]*:[^\s]*@");

    private static readonly LinearPattern TransportPrefix = new(@"^([A-Za-z0-9][A-Za-z0-9+.\-]*)::");

    private static readonly LinearPattern ScpLike = new(@"^(?<user>[A-Za-z0-9_][A-Za-z0-9_.\-]*)@(?<host>[^/:@]+):(?<path>.+)$");

    private static readonly LinearPattern ShortName = new(@"^[A-Za-z0-9][A-Za-z0-9\-]{0,38}/[A-Za-z0-9._\-]{1,100}(@.*)?$");

    private static readonly LinearPattern PathShape = new(@"^[\p{L}\p{N}._~+/\-]+$");
}
