using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>What somebody who follows a topic is sent.</summary>
public sealed record LiveFrame
{
    /// <summary><c>begin</c>: from here on; <c>message</c>; <c>reload</c>: what was missed is not there any more, load the state anew, messages go on from <see cref="At"/>; <c>refused</c>: the end, for the reason given.</summary>
    public required string Kind { get; init; }

    /// <summary>The place after this frame, epoch and offset in one opaque word. Sent back with the next following, it brings exactly what came after.</summary>
    public required string At { get; init; }

    /// <summary>The message.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why it ends.</summary>
    public Problem? Refusal { get; init; }
}

/// <summary>A kind of topic a module publishes: <c>build:0197…</c> is of the kind <c>build</c>. Register it as a service.</summary>
/// <param name="Name">What stands before the colon.</param>
/// <param name="Permission">Needed to follow.</param>
public sealed record LiveTopicKind(string Name, string Permission);
