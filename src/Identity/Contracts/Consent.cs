namespace Rialto.Identity.OAuth;

/// <summary>What a person is asked.</summary>
public sealed record ConsentQuestion
{
    /// <summary>Name of the program.</summary>
    public required string App { get; init; }

    /// <summary>Name of the organisation that made it.</summary>
    public required string Maker { get; init; }

    /// <summary>Scheme and host the answer goes to.</summary>
    public required string RedirectsTo { get; init; }

    /// <summary>What it would be allowed.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What it asks for and would not get, because the person may not do it.</summary>
    public required IReadOnlyList<string> NotYours { get; init; }

    /// <summary>When the request is wrong: where to send the browser at once, with the error.</summary>
    public string? SendBackTo { get; init; }
}

/// <param name="RedirectTo">Where to send the browser.</param>
public sealed record ConsentAnswer(string RedirectTo);

/// <summary>What a person is asked who has entered a device's code.</summary>
/// <param name="App">Name of the program.</param>
/// <param name="Scopes">What it would be allowed.</param>
/// <param name="NotYours">What it asks for and would not get.</param>
public sealed record DeviceQuestion(string App, IReadOnlyList<string> Scopes, IReadOnlyList<string> NotYours);
