namespace Rialto.Tidy;

/// <summary>A broken rule: where, which, why it is a rule, and what to do.</summary>
internal sealed record Finding(string Path, int Line, string Rule, string Reason, string Fix)
{
    public override string ToString() => $"{Path}:{Line} [{Rule}] {Reason} Fix: {Fix}";
}
