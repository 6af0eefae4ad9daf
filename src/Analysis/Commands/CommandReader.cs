using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Commands that the README shows or a manifest proves. An installation counts only when it names the product.</summary>
internal static class CommandReader
{
    private static readonly HashSet<string> Shells = ["sh", "bash", "shell", "zsh", "fish", "console", "shell-session", "shellsession", "terminal", "cmd", "bat", "powershell", "ps1", "pwsh", "text", "txt", "plain", "plaintext", "ps", "batch", "nix", "nohighlight", "npm", "bash/zsh", "dockerfile", "docker"];

    /// <param name="names">What an installation may call the product.</param>
    public static async Task<IReadOnlyList<CommandFacts>> ReadAsync(RepositoryContent content, Document? readme, PackageFacts? main, IReadOnlyList<PackageFacts> packages, IReadOnlyList<string> names)
    {
        var found = new List<CommandFacts>();
        if (readme is not null) found.AddRange(FromReadme(readme, main, names));
        found.AddRange(await ManifestCommands.ReadAsync(content, readme, main, packages, found));
        return [.. found.DistinctBy(command => command.Text).GroupBy(command => command.Kind).OrderBy(group => group.Key)
            .SelectMany(group => (group.Key == CommandKind.Install ? group.OrderByDescending(command => main is not null && ManifestCommands.Belongs(command.Manager, main.Ecosystem)).DistinctBy(command => command.Manager).Take(8) : group.Take(4)))];
    }

    private static IEnumerable<CommandFacts> FromReadme(Document readme, PackageFacts? main, IReadOnlyList<string> names)
    {
        var heading = "";
        int? helping = null;
        foreach (var block in readme.Blocks)
        {
            if (block.Kind == BlockKind.Heading)
            {
                if (helping is { } level && block.Level <= level) helping = null;
                if (helping is null && Sections.IsHelping(block.Plain)) helping = block.Level;
                heading = block.Plain;
                continue;
            }
            var lines = block.Kind == BlockKind.Code
                ? block.Language is null || Shells.Contains(block.Language) ? CommandLines.Of(block.Text).Select(line => (line.Text, Line: block.Line + line.Offset + (readme.File.Lines.ElementAtOrDefault(block.Line - 1)?.TrimStart() is { } fence && IsFence(fence) ? 1 : 0))) : []
                : Inline.Matches(block.Text).SelectMany(match => CommandLines.Of(match.Groups[1].Value)).Select(line => (line.Text, block.Line));
            foreach (var (text, line) in lines)
                if ((CommandKinds.Of(text) ?? Own(text, main, names)) is { } rule && (helping is null || rule.Kind is CommandKind.Test or CommandKind.Build) && !text.Contains("bench", StringComparison.OrdinalIgnoreCase) && ((rule.Kind != CommandKind.Install && !(rule.Manager == "docker" && text.StartsWith("docker run", StringComparison.Ordinal))) || IsProduct(text, rule, heading, main, names)) && (block.Kind == BlockKind.Code || rule.Needs))
                    yield return new(rule.Kind, rule.Manager, text, readme.File.At(line));
        }
    }

    /// <summary>The product's own program, started from its folder (<c>./redis-server</c>), or its one file fetched from where it is published.</summary>
    private static CommandKinds.Rule? Own(string text, PackageFacts? main, IReadOnlyList<string> names)
    {
        var word = text.Split(' ', 2)[0];
        if (word.StartsWith("./", StringComparison.Ordinal) && word.IndexOf('/', 2) < 0 && !word.EndsWith(".sh", StringComparison.Ordinal) && names.Any(name => Names(word[2..], name))) return new("shell", CommandKind.Run, "./");
        if (word is not ("curl" or "wget") || !Fetched.IsMatch(text)) return null;
        var file = text.TrimEnd('"', '\'').Split('/')[^1];
        return names.Any(name => Names(file, name)) ? new("curl", CommandKind.Install, "curl") : null;
    }

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal) || line.StartsWith("----", StringComparison.Ordinal) || line.StartsWith("....", StringComparison.Ordinal);

    private static bool IsProduct(string text, CommandKinds.Rule rule, string heading, PackageFacts? main, IReadOnlyList<string> names)
    {
        if (main is { IsPrivate: true } && main.Ecosystem == "npm" && rule.Manager is "npm" or "pnpm" or "yarn" or "bun") return false;
        if (rule.Prefix == "curl" && Own(text, main, names) is not null) return true;
        if (!rule.Needs) return Sections.IsInstall(heading) || names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
        var arguments = text[(text.IndexOf(rule.Prefix, StringComparison.Ordinal) + rule.Prefix.Length)..].Split([' ', '=', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        return arguments.Any(argument => argument[0] != '-' && names.Any(name => Names(argument, name)));
    }

    /// <summary>True when the argument is the name, with a scope, a version, extras or a suffix: <c>@biomejs/biome@2</c>, <c>vite@latest</c>, <c>Dapper</c>.</summary>
    private static bool Names(string argument, string name)
    {
        var wanted = Words.Letters(name);
        if (wanted.Length < 2) return false;
        var bare = argument.Split(['[', ';', '>', '<', '~', '^'])[0];
        var at = bare.LastIndexOf('@');
        if (at > 0) bare = bare[..at];
        return bare.Split('/', ':').Any(part => Words.Letters(part) is var letters && (letters == wanted || (letters.StartsWith(wanted, StringComparison.Ordinal) && wanted.Length > 3)));
    }

    private static readonly LinearPattern Fetched = new(@"^(?:curl (?:-[A-Za-z]+ )*-[A-Za-z]*O[A-Za-z]* |wget (?:-[A-Za-z]+ )*)""?https://[^\s|>""]+""?$");
    private static readonly LinearPattern Inline = new(@"`([^`\n]{6,200})`");
}
