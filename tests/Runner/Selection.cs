namespace Rialto.Runner;

/// <summary>Which tests to run.</summary>
internal sealed record Selection(bool All, IReadOnlyList<string> Names)
{
    /// <summary>Values of the trait <c>category</c> that are left out unless everything is asked for.</summary>
    public static IReadOnlyList<string> SlowCategories { get; } = ["browser", "media", "reference"];

    /// <summary>Names that are no project's: parts of test names. Set by <see cref="Choose"/>.</summary>
    public IReadOnlyList<string> Parts { get; private set; } = [];

    /// <summary>Reads the arguments; null when one is not understood.</summary>
    public static Selection? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(argument => argument.StartsWith('-') && argument != "--all")) return null;
        return new Selection(arguments.Contains("--all"), [.. arguments.Where(argument => argument != "--all")]);
    }

    /// <summary>The programs to start.</summary>
    public IReadOnlyList<TestProgram> Choose(IReadOnlyList<TestProgram> programs)
    {
        var named = programs.Where(program => Names.Any(name => Matches(program, name))).ToArray();
        Parts = [.. Names.Where(name => !programs.Any(program => Matches(program, name)))];
        return named.Length > 0 && Parts.Count == 0 ? named : programs;
    }

    /// <summary>The filters for one test program, in the words of its own command line.</summary>
    public IReadOnlyList<string> Filters() =>
    [
        .. All ? [] : SlowCategories.SelectMany(category => new[] { "-trait-", "category=" + category }),
        .. Parts.SelectMany(part => new[] { "-method", $"*{part}*" }),
    ];

    private static bool Matches(TestProgram program, string name) =>
        program.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || (program.Name + ".Tests").Equals(name, StringComparison.OrdinalIgnoreCase);
}
