using System.Diagnostics;
using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Kernel.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Arguments_arrive_exactly_as_given_and_no_shell_reads_them()
    {
        var result = await ChildProcess.RunAsync(new ChildCommand("printf", "%s|", "a b", "$HOME", "; touch /tmp/x", "\"'`ls`", ""), cancel: Cancel);
        result.OutputText.ShouldBe("a b|$HOME|; touch /tmp/x|\"'`ls`||");
    }

    [Fact]
    public async Task Input_is_fed_and_output_is_collected_without_a_deadlock()
    {
        var bytes = new byte[5_000_000];
        new Random(1).NextBytes(bytes);
        var result = await ChildProcess.RunAsync(new ChildCommand("cat"), bytes, Cancel);
        result.Output.Span.SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task A_child_that_does_not_read_its_input_is_no_failure()
    {
        var result = await ChildProcess.RunAsync(new ChildCommand("true"), new byte[5_000_000], Cancel);
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_child_that_ends_with_its_input_is_let_go_and_one_that_does_not_is_killed()
    {
        var willing = ChildProcess.Start(Shell("cat >/dev/null; exit 0"));
        var first = willing.Id;
        await willing.FinishAsync(TimeSpan.FromMinutes(5));
        Directory.Exists($"/proc/{first}").ShouldBeFalse();

        var stubborn = ChildProcess.Start(new ChildCommand("sleep", "3600"));
        var id = stubborn.Id;
        await stubborn.FinishAsync(TimeSpan.FromMilliseconds(1));
        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }

    [Fact]
    public async Task Exit_code_and_words_of_a_failing_child_are_returned()
    {
        var result = await ChildProcess.RunAsync(Shell("echo out; echo 'it broke' >&2; exit 7"), cancel: Cancel);
        result.ExitCode.ShouldBe(7);
        result.OutputText.ShouldBe("out\n");
        var refusal = Should.Throw<Refusal>(() => result.OrRefuse("test.broken", "It did not work"));
        refusal.Code.ShouldBe("test.broken");
        refusal.Message.ShouldBe("It did not work (it broke)");
    }

    [Fact]
    public async Task The_environment_is_empty_but_for_the_allowed_names_and_the_additions()
    {
        Environment.SetEnvironmentVariable("RIALTO_TEST_TOKEN", "leak");
        Environment.SetEnvironmentVariable("GIT_DIR", "/elsewhere");
        try
        {
            var result = await ChildProcess.RunAsync(new ChildCommand("env") { Environment = new Dictionary<string, string?> { ["ADDED"] = "yes", ["HOME"] = null } }, cancel: Cancel);
            var names = result.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ToArray();
            names.ShouldContain("PATH");
            names.ShouldContain("ADDED");
            names.ShouldNotContain("HOME");
            names.ShouldNotContain("RIALTO_TEST_TOKEN");
            names.ShouldNotContain("GIT_DIR");
        }
        finally
        {
            Environment.SetEnvironmentVariable("RIALTO_TEST_TOKEN", null);
            Environment.SetEnvironmentVariable("GIT_DIR", null);
        }
    }

    [Fact]
    public async Task A_missing_program_is_refused_with_the_way_to_get_it()
    {
        var refusal = await Should.ThrowAsync<Refusal>(() => ChildProcess.RunAsync(new ChildCommand("no-such-program-here") { InstallHint = "apt-get install it" }, cancel: Cancel));
        refusal.Code.ShouldBe("process.missing");
        refusal.Message.ShouldContain("apt-get install it");
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var missing = await Should.ThrowAsync<DirectoryNotFoundException>(() => ChildProcess.RunAsync(new ChildCommand("true") { WorkingDirectory = "/no/such/folder" }, cancel: Cancel));
        missing.Message.ShouldContain("/no/such/folder");
    }

    [Fact]
    public async Task Time_over_is_a_refusal_and_kills_the_whole_tree()
    {
        var marker = Path.Combine(Path.GetTempPath(), "rialto-tree-" + Guid.NewGuid().ToString("n"));
        var refusal = await Should.ThrowAsync<Refusal>(() => ChildProcess.RunAsync(Shell($"sh -c 'echo $$ > {marker}; exec sleep 600' & wait") with { TimeoutSeconds = 1 }, cancel: Cancel));
        refusal.Code.ShouldBe("process.timeout");
        await ShouldEndAsync(int.Parse(await File.ReadAllTextAsync(marker, Cancel)));
        File.Delete(marker);
    }

    [Fact]
    public async Task Cancelling_kills_the_child_and_is_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var run = ChildProcess.RunAsync(new ChildCommand("sleep", "600"), cancel: stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task Too_much_output_is_refused_and_the_child_ended()
    {
        var refusal = await Should.ThrowAsync<Refusal>(() => ChildProcess.RunAsync(new ChildCommand("yes") { MaxOutputBytes = 100_000 }, cancel: Cancel));
        refusal.Code.ShouldBe("process.output_too_large");
    }

    [Fact]
    public async Task A_flood_on_standard_error_neither_blocks_nor_fills_memory_and_its_end_is_kept()
    {
        var result = await ChildProcess.RunAsync(Shell("i=0; while [ $i -lt 30000 ]; do echo \"line $i of noise\" >&2; i=$((i+1)); done; echo last >&2"), cancel: Cancel);
        result.ErrorText.Length.ShouldBeLessThanOrEqualTo(64 * 1024);
        result.ErrorText.ShouldEndWith("line 29999 of noise\nlast\n");
    }

    [Fact]
    public async Task Credentials_are_in_nothing_that_is_said()
    {
        var command = new ChildCommand("sh", "-c", "echo \"cannot read $0 with hunter2secret\" >&2; exit 1", "https://ada:pass@example.org/x.git") { Secrets = ["hunter2secret"] };
        var result = await ChildProcess.RunAsync(command, cancel: Cancel);
        var all = result.ErrorText + Should.Throw<InvalidOperationException>(() => result.OrThrow()).Message + Should.Throw<Refusal>(() => result.OrRefuse("x", "y")).Message + command;
        all.ShouldNotContain("pass@");
        all.ShouldNotContain("hunter2secret");
        all.ShouldContain("https://***@example.org/x.git");
    }

    [Fact]
    public async Task A_running_child_is_talked_to_and_ends_when_disposed()
    {
        var child = ChildProcess.Start(new ChildCommand("cat"));
        var id = child.Id;
        await child.Input.WriteAsync(Encoding.UTF8.GetBytes("hello\n"), Cancel);
        await child.Input.FlushAsync(Cancel);
        var buffer = new byte[6];
        await child.Output.ReadExactlyAsync(buffer, Cancel);
        Encoding.UTF8.GetString(buffer).ShouldBe("hello\n");
        await child.DisposeAsync();
        await ShouldEndAsync(id);
    }

    [Fact]
    public async Task What_the_reader_throws_ends_the_child_and_comes_through()
    {
        await Should.ThrowAsync<FormatException>(() => ChildProcess.RunAsync(new ChildCommand("yes"), default, (_, _) => throw new FormatException("bad"), Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ChildCommand Shell(string script) => new("sh", "-c", script);

    private static async Task ShouldEndAsync(int id)
    {
        for (var round = 0; round < 200; round++)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (process.HasExited || IsZombie(id)) return;
            }
            catch (ArgumentException)
            {
                return;
            }
            await Task.Delay(25, Cancel);
        }
        throw new ShouldAssertException($"Process {id} should have ended.");
    }

    private static bool IsZombie(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
