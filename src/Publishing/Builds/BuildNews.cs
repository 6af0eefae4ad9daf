using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What those who watch a build are told, on the topic <c>build:</c> and its id.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Stages">The stages so far.</param>
/// <param name="Lines">Log lines that came since the last news.</param>
internal sealed record BuildNews(string State, IReadOnlyList<StageTime> Stages, IReadOnlyList<BuildNewsLine> Lines)
{
    /// <summary>The kind of topic.</summary>
    public static readonly LiveTopicKind Topic = new("build", "publishing.read");

    // A line has at most 2,000 characters, written in JSON at most six times as many: a message stays within what the feed takes.
    private const int MostCharacters = 8_000;

    /// <summary>Tells the news in the session that makes them true.</summary>
    public static async Task PublishAsync(TenantSession session, Guid build, string state, IReadOnlyList<StageTime> stages, IEnumerable<BuildNewsLine> lines, CancellationToken cancel = default)
    {
        var part = new List<BuildNewsLine>();
        var characters = 0;
        foreach (var line in lines)
        {
            if (characters + line.Text.Length > MostCharacters)
            {
                await TellAsync();
                (part, characters) = ([], 0);
            }
            part.Add(line);
            characters += line.Text.Length;
        }
        await TellAsync();

        Task TellAsync() => session.PublishAsync($"{Topic.Name}:{build}", new BuildNews(state, stages, part), PublishingJson.Default.BuildNews, cancel);
    }
}

/// <param name="Number">Its number in the log, from 1.</param>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Text">What it says, without secrets.</param>
internal sealed record BuildNewsLine(int Number, string Stage, string Text);
