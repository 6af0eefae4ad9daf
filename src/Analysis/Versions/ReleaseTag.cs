namespace Rialto.Analysis;

/// <summary>What kind of release a tag names; the order is that of their age.</summary>
internal enum ReleaseKind { Nightly, Development, Alpha, Beta, Candidate, Stable }

/// <summary>A version as a tag states it, comparable with others of the same product.</summary>
/// <param name="Product">What stands before the version, lower case; empty for <c>v</c>, <c>release-</c> and the like.</param>
/// <param name="Numbers">The version's numbers.</param>
/// <param name="Kind">Stable, or which pre-release.</param>
/// <param name="KindNumber">Which candidate or beta; 0 when it says none.</param>
/// <param name="Letter">A letter of maintenance releases (<c>1.1.1w</c>), or null.</param>
/// <param name="Build">What follows a plus sign or a dash as a number.</param>
/// <param name="Value">The version without prefix, written plainly.</param>
internal sealed record ReleaseTag(string Product, long[] Numbers, ReleaseKind Kind, long KindNumber, char? Letter, long Build, string Value) : IComparable<ReleaseTag>
{
    /// <summary>True when the first number is a year or a date.</summary>
    public bool IsCalendar => Numbers[0] >= 1900;

    /// <inheritdoc/>
    public int CompareTo(ReleaseTag? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < Math.Max(Numbers.Length, other.Numbers.Length); i++)
            if (At(Numbers, i).CompareTo(At(other.Numbers, i)) is var byNumber and not 0) return byNumber;
        if (Kind.CompareTo(other.Kind) is var byKind and not 0) return byKind;
        if (KindNumber.CompareTo(other.KindNumber) is var byKindNumber and not 0) return byKindNumber;
        if ((Letter ?? '\0').CompareTo(other.Letter ?? '\0') is var byLetter and not 0) return byLetter;
        return Build.CompareTo(other.Build);
    }

    private static long At(long[] numbers, int index) => index < numbers.Length ? numbers[index] : 0;
}
