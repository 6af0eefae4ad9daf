using Shouldly;

namespace Rialto.Tidy;

public sealed class RuleTests
{
    private static readonly House House = House.Here;
    private static readonly Debt Debt = Debt.Read(House.Text("tests/Tidy/debt.txt"));

    [Fact]
    public void Files_and_methods_fit_a_reader() => ShouldBeEmpty(House.Code.SelectMany(Sizes.Check));

    [Fact]
    public void Calls_that_belong_in_one_place_are_made_there() => ShouldBeEmpty(House.Code.SelectMany(Calls.Check));

    [Fact]
    public void Names_say_something_and_only_contracts_are_public() => ShouldBeEmpty(House.Code.SelectMany(Names.Check));

    [Fact]
    public void Every_module_has_what_a_module_has() => ShouldBeEmpty(Modules.Check(House));

    [Fact]
    public void Modules_use_only_what_stands_below_and_nothing_goes_in_circles() => ShouldBeEmpty(Floors.Check(House.Projects));

    [Fact]
    public void No_text_names_a_place_of_somebodys_machine() =>
        ShouldBeEmpty(House.FilesEnding(Texts.Endings).Where(path => !path.EndsWith("package-lock.json", StringComparison.Ordinal)).SelectMany(path => Texts.Check(path, House.Text(path))));

    [Fact]
    public void Every_package_has_its_licence_and_its_reason_on_the_page() => ShouldBeEmpty(Dependencies.Check(House));

    [Fact]
    public void Lock_files_name_no_host()
    {
        var lines = House.FilesEnding("packages.lock.json", "package-lock.json").Where(path => House.Text(path).Contains("\"resolved\": \"http", StringComparison.Ordinal));
        lines.ShouldBeEmpty("A lock file with addresses binds everyone to one registry. Fix: omit-lockfile-registry-resolved=true in .npmrc, and lock again.");
    }

    [Fact]
    public void The_page_of_modules_is_true()
    {
        var page = ModulesPage.Write(House);
        if (Environment.GetEnvironmentVariable("RIALTO_TIDY_WRITE") == "1") File.WriteAllText(Path.Combine(House.Root, ModulesPage.Path), page);
        if (!House.Has(ModulesPage.Path) || House.Text(ModulesPage.Path) != page) Assert.Fail(ModulesPage.Path + " is not what the projects say. Fix: ./rialto tidy --write");
    }

    [Fact]
    public void Debt_only_shrinks()
    {
        Debt.Entries.Count.ShouldBe(Debt.Limit, "tests/Tidy/debt.txt: the number in its first line is the number of entries; lower it when one is paid, never raise it.");
        var findings = House.Code.SelectMany(file => Sizes.Check(file).Concat(Calls.Check(file)).Concat(Names.Check(file))).Concat(Modules.Check(House)).ToArray();
        Debt.Entries.Where(entry => !findings.Any(finding => (finding.Rule, finding.Path) == entry)).ShouldBeEmpty("tests/Tidy/debt.txt forgives what is no longer there. Fix: remove the entry.");
    }

    private static void ShouldBeEmpty(IEnumerable<Finding> findings)
    {
        var left = findings.Where(finding => !Debt.Forgives(finding)).ToArray();
        if (left.Length > 0) Assert.Fail($"{left.Length} broken:{Environment.NewLine}{string.Join(Environment.NewLine, left.Select(finding => finding.ToString()))}");
    }
}
