using System.Text.Json;
using Rialto.Analysis;
using Shouldly;
using Xunit;

public sealed class EvidenceTests
{
    [Fact]
    public void Evidence_is_written_as_path_line_and_short_commit_and_read_back()
    {
        var evidence = new Evidence("docs/a b@c:d.md", 7, "0123456789abcdef0123456789abcdef01234567");
        var json = JsonSerializer.Serialize(evidence);
        json.ShouldBe("\"docs/a b@c:d.md:7@0123456789ab\"");
        JsonSerializer.Deserialize<Evidence>(json).ShouldBe(evidence with { Commit = "0123456789ab" });
    }
}
