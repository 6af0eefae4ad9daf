using System.Text;
using Shouldly;

namespace Rialto.Media.Tests.Caching;

public sealed class PackCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-pack-").FullName;

    private string FilePath => Path.Combine(folder, "media", "code.pack");

    private PackCache Open() => new(folder, "code.pack");

    private static (UInt128, byte[]) Entry(string content) => (PackCache.Key("1", content), Encoding.UTF8.GetBytes("made of " + content));

    private static string? Read(PackCache cache, string content) => cache.Read(PackCache.Key("1", content)) is { } value ? Encoding.UTF8.GetString(value.Span) : null;

    [Fact]
    public void What_one_process_kept_another_reads()
    {
        Open().Write([Entry("a"), Entry("b")]);
        Open().Write([Entry("c")]);
        var cache = Open();
        Read(cache, "a").ShouldBe("made of a");
        Read(cache, "c").ShouldBe("made of c");
        Read(cache, "d").ShouldBeNull();
    }

    [Fact]
    public void Other_parameters_are_another_result() => PackCache.Key("ts", "x").ShouldNotBe(PackCache.Key("py", "x"));

    [Fact]
    public void A_torn_end_costs_only_what_was_torn()
    {
        Open().Write([Entry("a"), Entry("b")]);
        using (var file = File.OpenWrite(FilePath)) file.SetLength(file.Length - 3);
        Read(Open(), "a").ShouldBe("made of a");
        Read(Open(), "b").ShouldBeNull();
        var next = Open();
        Read(next, "b").ShouldBeNull();
        next.Write([Entry("b")]);
        Read(Open(), "b").ShouldBe("made of b");
    }

    [Fact]
    public void A_changed_value_is_not_believed()
    {
        Open().Write([Entry("a")]);
        var bytes = File.ReadAllBytes(FilePath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        Read(Open(), "a").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_would_grow_too_large_begins_anew()
    {
        var large = new byte[20 * 1024 * 1024];
        Open().Write([(PackCache.Key("1", "old"), large)]);
        Open().Write([(PackCache.Key("1", "new"), large)]);
        new FileInfo(FilePath).Length.ShouldBeLessThan(32 * 1024 * 1024);
        Open().Read(PackCache.Key("1", "old")).ShouldBeNull();
        Open().Read(PackCache.Key("1", "new")).ShouldNotBeNull();
    }

    [Fact]
    public void Without_a_folder_nothing_is_kept_on_disk()
    {
        var cache = new PackCache(null, "code.pack");
        cache.Write([Entry("a")]);
        Read(new PackCache(null, "code.pack"), "a").ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
