using Shouldly;

namespace Rialto.Cli.Tests.Launcher;

public sealed class LauncherTests : IDisposable
{
    private readonly FakeCheckout checkout = new();

    [Fact]
    public async Task The_first_run_builds_and_later_ones_do_not()
    {
        (await checkout.RunAsync("one")).ShouldBe(new Ran(0, "one|", ""));
        (await checkout.RunAsync("two")).ShouldBe(new Ran(0, "two|", ""));
        checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Arguments_and_the_exit_code_pass_unchanged()
    {
        (await checkout.RunAsync("fail", "a b", "", "$HOME", "--x=\"y\"")).ShouldBe(new Ran(7, "fail|a b||$HOME|--x=\"y\"|", ""));
    }

    [Fact]
    public async Task A_changed_an_added_and_a_removed_source_each_build_again()
    {
        await checkout.RunAsync();
        foreach (var change in new Action[] { () => checkout.Write("src/Cli/Program.cs", "two"), () => checkout.Write("src/Cli/New.cs", ""), () => checkout.Delete("src/Cli/New.cs"), () => checkout.Write("Directory.Packages.props", "x") })
        {
            var before = checkout.Builds;
            change();
            await checkout.RunAsync();
            await checkout.RunAsync();
            checkout.Builds.ShouldBe(before + 1);
        }
    }

    [Fact]
    public async Task What_an_editor_builds_does_not_make_it_stale()
    {
        checkout.Write("src/Cli/bin/x.dll", "");
        checkout.Write("src/Cli/obj/x.json", "");
        await checkout.RunAsync();
        checkout.Write("src/Cli/bin/x.dll", "changed");
        checkout.Write("src/Cli/obj/deeper/x.json", "changed");
        await checkout.RunAsync();
        checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task It_works_from_elsewhere_and_through_links()
    {
        var absolute = Path.Combine(checkout.Folder, "absolute");
        File.CreateSymbolicLink(absolute, checkout.Launcher);
        Directory.CreateDirectory(Path.Combine(checkout.Folder, "deep"));
        var relative = Path.Combine(checkout.Folder, "deep", "relative");
        File.CreateSymbolicLink(relative, "../absolute");
        (await checkout.RunFromAsync(checkout.Launcher, "/", "x")).ShouldBe(new Ran(0, "x|", ""));
        (await checkout.RunFromAsync(absolute, "/", "x")).ShouldBe(new Ran(0, "x|", ""));
        (await checkout.RunFromAsync(relative, checkout.Folder, "x")).ShouldBe(new Ran(0, "x|", ""));
        (await checkout.RunFromAsync("bash", checkout.Root, "rialto", "x")).ShouldBe(new Ran(0, "x|", ""));
        checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_build_once_and_all_run()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => checkout.RunAsync($"{number}")));
        runs.Select(run => run.Output).ShouldBe(["0|", "1|", "2|", "3|", "4|", "5|"]);
        checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_its_log_and_is_tried_again()
    {
        checkout.Dotnet("10.0.100", "Program.cs(1,1): error CS1002: ; expected");
        var ran = await checkout.RunAsync("x");
        ran.ExitCode.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("error CS1002");
        ran.Error.ShouldContain("artifacts/log/build.log");
        checkout.Dotnet("10.0.100");
        (await checkout.RunAsync("x")).ShouldBe(new Ran(0, "x|", ""));
    }

    [Fact]
    public async Task A_build_that_fails_leaves_no_half_program_behind()
    {
        await checkout.RunAsync("x");
        checkout.Dotnet("10.0.100", "error");
        checkout.Write("src/Cli/Program.cs", "broken");
        (await checkout.RunAsync("x")).ExitCode.ShouldBe(1);
        (await checkout.RunAsync("x")).ExitCode.ShouldBe(1, "a stale program must not run as if it were the new one");
    }

    [Fact]
    public async Task Help_of_the_checkouts_commands_comes_from_the_program() => (await checkout.RunAsync("test", "--help")).ShouldBe(new Ran(0, "test|--help|", ""));

    public void Dispose() => checkout.Dispose();
}
