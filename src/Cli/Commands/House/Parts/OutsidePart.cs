namespace Rialto.Cli;

/// <summary>A thing outside of Rialto that it can use.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Without">What is switched off without it.</param>
/// <param name="Install">The command that brings it to this machine.</param>
/// <param name="Look">Finds it; null when it is not there.</param>
internal sealed record OutsidePart(string Name, string Without, string Install, Func<CancellationToken, Task<Finding?>> Look)
{
    /// <summary>Whether nothing works without it.</summary>
    public bool Required { get; init; }

    public async Task<PartReport> ReportAsync(CancellationToken cancel)
    {
        var finding = await Look(cancel);
        var usable = finding is { Fault: null };
        return new PartReport(Name, Required, usable, finding?.Version, finding?.Path, usable ? null : finding?.Fault ?? "not found", usable ? null : Without, usable ? null : Install);
    }
}

/// <summary>Where a part is.</summary>
/// <param name="Path">File or folder, where there is one to name.</param>
/// <param name="Version">Its version, where it tells.</param>
/// <param name="Fault">Why it cannot be used although it is there, such as being too old.</param>
internal sealed record Finding(string? Path, string? Version, string? Fault = null);
