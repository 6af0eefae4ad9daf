using System.Globalization;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Reading;

/// <summary>What is needed of a commit object itself.</summary>
internal sealed record CommitRecord(string Id, DateTimeOffset CommittedAt)
{
    /// <summary>Reads the commit a choice leads to, through annotated tags.</summary>
    /// <exception cref="Refusal"><c>repository.ref_not_found</c>, <c>repository.object_missing</c>.</exception>
    public static async Task<CommitRecord> ReadAsync(ObjectPool pool, RefChoice choice, RefTable refs, CancellationToken cancel)
    {
        var found = await pool.FindAsync(choice.Name + "^{commit}", $"commit {choice.Name}", cancel);
        if (found is { } commit) return new CommitRecord(commit.Id, Moment(commit.Content, "committer ") ?? DateTimeOffset.UnixEpoch);
        if (choice.ShortName is null && choice.Name != refs.Head) throw RefChoice.NotFound(choice.Name, refs);
        throw new Refusal("repository.object_missing", $"The repository is damaged or incomplete: {choice.ShortName ?? choice.Name} leads to no readable commit; run git fsck there, or fetch it again.");
    }

    /// <summary>The moment in a header line such as <c>committer Ada &lt;ada@example.org&gt; 1768478400 +0100</c>; null when it is absent or nonsense.</summary>
    public static DateTimeOffset? Moment(ReadOnlySpan<byte> content, string header)
    {
        var text = Encoding.UTF8.GetString(Head(content));
        foreach (var line in text.EnumerateLines())
        {
            if (!line.StartsWith(header)) continue;
            var rest = line[(line.LastIndexOf('>') + 1)..].Trim();
            var space = rest.IndexOf(' ');
            var seconds = space < 0 ? rest : rest[..space];
            return long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unix)
                ? At(unix, space < 0 ? "" : rest[(space + 1)..])
                : null;
        }
        return null;
    }

    /// <summary>Seconds since 1970 with an offset as Git writes it; moments outside the calendar are brought to its ends.</summary>
    public static DateTimeOffset At(long unixSeconds, ReadOnlySpan<char> offset)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unixSeconds, -62_135_510_400, 253_402_214_400));
        if (offset.Length != 5 || offset[0] is not ('+' or '-') || !int.TryParse(offset[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return moment;
        var minutes = digits / 100 * 60 + digits % 100;
        return minutes > 14 * 60 ? moment : moment.ToOffset(TimeSpan.FromMinutes(offset[0] == '-' ? -minutes : minutes));
    }

    /// <summary>The header lines of a commit or tag object.</summary>
    public static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf("\n\n"u8);
        return end < 0 ? content : content[..end];
    }
}
