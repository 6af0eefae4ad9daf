using Shouldly;

namespace Rialto.Cli.Tests.Launcher;

public sealed class ToolTests : IDisposable
{
    private readonly FakeCheckout checkout = new();

    [Fact]
    public async Task Without_git_and_a_package_manager_it_says_where_to_get_it()
    {
        checkout.RemoveTool("git");
        var ran = await checkout.RunAsync("x");
        ran.ExitCode.ShouldBe(2);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("git is missing. This installs it:");
        checkout.Builds.ShouldBe(0);
    }

    [Theory]
    [InlineData("apt-get", "apt-get install -y --no-install-recommends git")]
    [InlineData("dnf", "dnf install -y git")]
    [InlineData("apk", "apk add git")]
    [InlineData("pacman", "pacman -S --noconfirm --needed git")]
    public async Task Where_it_may_not_install_it_prints_the_one_command(string manager, string command)
    {
        checkout.RemoveTool("git");
        checkout.Tool(manager, "exit 1");
        checkout.Tool("sudo", "exit 1");
        checkout.Tool("id", "echo 1000");
        var ran = await checkout.RunAsync("x");
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("  sudo " + command);
    }

    [Fact]
    public async Task Where_it_may_it_installs_and_goes_on()
    {
        checkout.RemoveTool("git");
        checkout.Tool("id", "echo 0");
        checkout.Tool("apt-get", $"ln -s /bin/true '{checkout.Folder}/tools/git'");
        var ran = await checkout.RunAsync("x");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldBe("x|");
        ran.Error.ShouldContain("Installing git: apt-get install");
    }

    [Fact]
    public async Task Through_sudo_too_when_it_asks_no_password()
    {
        checkout.RemoveTool("git");
        checkout.Tool("id", "echo 1000");
        checkout.Tool("sudo", "[ \"$1\" = -n ] && shift; exec \"$@\"");
        checkout.Tool("true", "exit 0");
        checkout.Tool("dnf", $"ln -s /bin/true '{checkout.Folder}/tools/git'");
        (await checkout.RunAsync("x")).Output.ShouldBe("x|");
    }

    [Fact]
    public async Task An_older_sdk_is_not_enough_and_where_no_package_has_it_the_official_script_is_named()
    {
        checkout.Dotnet("9.0.300");
        checkout.Tool("id", "echo 0");
        checkout.Tool("apt-get", "exit 100");
        var ran = await checkout.RunAsync("x");
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("The .NET 10 SDK is missing");
        ran.Error.ShouldContain("dotnet-install.sh");
    }

    [Fact]
    public async Task Without_node_it_goes_on_and_says_what_that_costs_once()
    {
        checkout.Write("workshop/package-lock.json", "{}");
        var first = await checkout.RunAsync("x");
        first.Output.ShouldBe("x|");
        first.Error.ShouldContain("Node.js 20 or newer, with npm is missing: no highlighting");
        (await checkout.RunAsync("x")).ShouldBe(new Ran(0, "x|", ""));
    }

    [Fact]
    public async Task The_workshop_is_installed_once_and_again_when_its_lock_changes()
    {
        checkout.Write("workshop/package-lock.json", "{}");
        checkout.Tool("node", "echo v22.1.0");
        checkout.Tool("npm", $"echo \"$*\" >> '{checkout.Root}/installs'; mkdir -p '{checkout.Root}/workshop/node_modules'");
        await checkout.RunAsync("x");
        await checkout.RunAsync("x");
        Installs().ShouldBe(1);
        checkout.Write("workshop/package-lock.json", "{ }");
        await checkout.RunAsync("x");
        Installs().ShouldBe(2);

        int Installs() => File.ReadAllLines(Path.Combine(checkout.Root, "installs")).Length;
    }

    [Fact]
    public async Task An_old_node_is_not_used()
    {
        checkout.Write("workshop/package-lock.json", "{}");
        checkout.Tool("node", "echo v18.19.0");
        checkout.Tool("npm", "exit 9");
        var ran = await checkout.RunAsync("x");
        ran.Output.ShouldBe("x|");
        ran.Error.ShouldContain("Node.js 20 or newer");
    }

    [Fact]
    public async Task Nothing_is_installed_when_that_is_forbidden()
    {
        checkout.RemoveTool("git");
        checkout.Tool("id", "echo 0");
        checkout.Tool("apt-get", $"ln -s /bin/true '{checkout.Folder}/tools/git'");
        var ran = await checkout.RunFromAsync("env", checkout.Root, "RIALTO_INSTALL=never", checkout.Launcher, "x");
        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("  apt-get install");
    }

    public void Dispose() => checkout.Dispose();
}
