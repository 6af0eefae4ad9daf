using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class ManyFilesTests : BuildTestBed
{
    [Fact]
    public async Task A_repository_of_ten_thousand_files_is_published_whole()
    {
        var stream = new StringBuilder("commit refs/heads/main\ncommitter Ada Lovelace <ada@example.org> 1768478400 +0000\ndata 5\nMany\n");
        File("README.md", "# Lantern\n\nA repository of very many files.\n");
        for (var number = 0; number < 9_980; number++) File($"src/part{number / 100}/unit{number}.ts", $"export const unit{number} = {number};\n");
        for (var page = 0; page < 19; page++) File($"docs/page{page}.md", $"# Page {page}\n\nWords stand here.\n");
        Repository.Import(stream.ToString());
        await WithNode(async () =>
        {
            var asked = await Push();
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, asked, Cancel);
        });
        (await Ask<string>("select stages->0->>'note' from publishing.builds")).ShouldStartWith("10000 files");
        (await Text(await Get("/s/lantern/"))).ShouldContain("very many files");
        (await Ask<int>("select pages from publishing.releases")).ShouldBeGreaterThan(19);

        void File(string path, string text) => stream.Append($"M 100644 inline {path}\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
    }
}
