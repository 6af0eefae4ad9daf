using System.Globalization;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;

namespace Rialto.Repositories.Reading;

/// <summary>History of one commit.</summary>
/// <param name="GitDirectory">A Git directory of ours.</param>
/// <param name="Commit">Where history starts.</param>
/// <param name="MailmapFile">The commit's mailmap where the directory does not hold its blob; null to let Git read it from HEAD.</param>
internal sealed record CommitLog(string GitDirectory, string Commit, string? MailmapFile)
{
    private const int Fields = 6;

    /// <summary>Newest first; what could be read when older history is damaged.</summary>
    public async Task<IReadOnlyList<SourceCommit>> ReadAsync(int limit, CancellationToken cancel)
    {
        if (limit <= 0) return [];
        string[] mailmap = MailmapFile is null ? [] : ["-c", "mailmap.file=" + MailmapFile];
        var command = GitCommand.For(GitDirectory, [.. mailmap, "log", "-z", "--no-color", "--no-decorate", "--no-notes",
            "--max-count=" + limit.ToString(CultureInfo.InvariantCulture), "--format=tformat:%H%x00%aN%x00%aE%x00%at%x00%ai%x00%B", Commit, "--"]);
        return Parse((await ChildProcess.RunAsync(command, cancel: cancel)).Output.Span);
    }

    /// <summary>Parses records of six fields, each ended by NUL.</summary>
    public static IReadOnlyList<SourceCommit> Parse(ReadOnlySpan<byte> output)
    {
        var commits = new List<SourceCommit>();
        var fields = new string[Fields];
        var filled = 0;
        while (output.IndexOf((byte)0) is >= 0 and var end)
        {
            fields[filled++] = Encoding.UTF8.GetString(output[..end]);
            output = output[(end + 1)..];
            if (filled < Fields) continue;
            filled = 0;
            _ = long.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
            var offset = fields[4][(fields[4].LastIndexOf(' ') + 1)..];
            commits.Add(new SourceCommit(fields[0], fields[1], fields[2], CommitRecord.At(seconds, offset), fields[5].TrimEnd('\n')));
        }
        return commits;
    }
}
